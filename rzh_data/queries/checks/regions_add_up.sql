-- The regions give the country's printed total where the documents print every region, and never exceed it where they
-- print some of them only.
WITH parts AS (
    SELECT indicator_id, period_id, group_id, category_id, sum(value) AS total,
           (SELECT count(DISTINCT every.region_id) FROM observations AS every
            WHERE every.indicator_id = observations.indicator_id AND every.region_id <> 'kazakhstan') AS region_count
    FROM   observations
           JOIN indicators USING (indicator_id)
    WHERE  aggregation = 'sum' AND preferred AND region_id <> 'kazakhstan'
    GROUP  BY ALL
)
SELECT observation_id,
       'printed total ' || printed.value || ' against ' || parts.total || ', the sum of its regions' AS message
FROM   observations AS printed
       JOIN parts ON printed.indicator_id = parts.indicator_id
                 AND printed.period_id = parts.period_id
                 AND printed.group_id IS NOT DISTINCT FROM parts.group_id
                 AND printed.category_id IS NOT DISTINCT FROM parts.category_id
WHERE  printed.region_id = 'kazakhstan' AND printed.preferred AND printed.qualifier = '='
       AND (parts.total > printed.value OR (parts.region_count = 17 AND parts.total <> printed.value));
