-- kk: Ең ірі өңірлерге елдегі соманың қандай бөлігі тиеді?
-- ru: Какая часть суммы по стране приходится на крупнейшие регионы?
-- en: What part of the country's sum goes to the largest regions?
WITH ranked AS (
    SELECT regions.short_kk AS region, value, 100 * value / sum(value) OVER () AS percent, observation_ids
    FROM   region_values
           JOIN regions USING (region_id)
    WHERE  indicator_id = $indicator AND period_id = $period AND region_id <> 'kazakhstan'
)
SELECT row_number() OVER (ORDER BY value DESC) AS place, region, value, percent,
       sum(percent) OVER (ORDER BY value DESC ROWS UNBOUNDED PRECEDING) AS percent_so_far,
       observation_ids
FROM   ranked
ORDER  BY place;
