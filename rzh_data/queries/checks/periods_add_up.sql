-- Three periods give the printed total of 2 years and 9 months, wherever a document prints both.
-- Regions that print one value only (Shymkent) keep that value as their total.
WITH parts AS (
    SELECT indicator_id, region_id, group_id, category_id, sum(value) AS total
    FROM   observations
           JOIN indicators USING (indicator_id)
    WHERE  aggregation = 'sum' AND preferred AND period_id IN ('2017', '2018', '2019-9m')
    GROUP  BY ALL
)
SELECT observation_id,
       'printed total ' || printed.value || ' is not the sum of its periods, ' || parts.total AS message
FROM   observations AS printed
       JOIN parts ON printed.indicator_id = parts.indicator_id
                 AND printed.region_id = parts.region_id
                 AND printed.group_id IS NOT DISTINCT FROM parts.group_id
                 AND printed.category_id IS NOT DISTINCT FROM parts.category_id
WHERE  printed.period_id = '2017/2019-9m' AND printed.preferred AND printed.qualifier = '='
       AND printed.value <> parts.total;
