-- kk: Қай өңірлерде бір тұрғынға шаққандағы мән ел бойынша мәннен жоғары және әр сан қай жерде басылған?
-- ru: В каких регионах значение на жителя выше, чем по стране, и где напечатано каждое число?
-- en: Which regions have more per inhabitant than the country, and where is each figure printed?
SELECT regions.short_kk AS region, region_values.value_per_inhabitant AS per_inhabitant,
       country.value_per_inhabitant AS country_per_inhabitant, region_values.value,
       documents.short_title_kk AS document, observations.kk_line, observations.kk_printed,
       observations.ru_line, observations.ru_printed
FROM   region_values
       JOIN regions USING (region_id)
       JOIN region_values AS country
         ON  country.indicator_id = region_values.indicator_id AND country.period_id = region_values.period_id
         AND country.region_id = 'kazakhstan'
       JOIN observations ON observations.observation_id = region_values.observation_ids[1]
       JOIN documents USING (document_id)
WHERE  region_values.indicator_id = $indicator AND region_values.period_id = $period
       AND region_values.region_id <> 'kazakhstan'
       AND region_values.value_per_inhabitant > country.value_per_inhabitant
ORDER  BY per_inhabitant DESC;
