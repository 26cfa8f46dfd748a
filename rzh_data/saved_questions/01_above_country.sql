-- kk: Қай өңірлерде бір тұрғынға шаққандағы мән ел бойынша мәннен жоғары және әр сан қай жерде басылған?
-- ru: В каких регионах значение на жителя выше, чем по стране, и где напечатано каждое число?
-- en: Which regions have more per inhabitant than the country, and where is each figure printed?
WITH measured AS (
    SELECT region_id, value, value_per_inhabitant AS per_inhabitant, observation_ids
    FROM   region_values
    WHERE  indicator_id = $indicator AND period_id = $period
),
country AS (
    SELECT per_inhabitant FROM measured WHERE region_id = 'kazakhstan'
)
SELECT regions.short_kk AS region, measured.per_inhabitant,
       country.per_inhabitant AS country_per_inhabitant, measured.value,
       documents.short_title_kk AS document, kk_line, kk_printed, ru_line, ru_printed,
       observation_id
FROM   measured
       CROSS JOIN country
       JOIN regions USING (region_id)
       JOIN observations ON observation_id = measured.observation_ids[1]
       JOIN documents USING (document_id)
WHERE  measured.region_id <> 'kazakhstan'
       AND measured.per_inhabitant > country.per_inhabitant
ORDER  BY measured.per_inhabitant DESC;
