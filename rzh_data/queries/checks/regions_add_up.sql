-- The regions give the country's printed total where the documents print every region, and never exceed it where they
-- print some of them only. Every region: as many as there were when the period began; Shymkent came later.
WITH parts AS (
    SELECT indicator_id, period_id, group_id, category_id, sum(value) AS total, count(DISTINCT region_id) AS region_count
    FROM   observations
           JOIN indicators USING (indicator_id)
    WHERE  aggregation = 'sum' AND preferred AND region_id <> 'kazakhstan' AND value IS NOT NULL
    GROUP  BY ALL
),
there_were AS (
    SELECT period_id, max(unit_count) AS region_count
    FROM   periods
           JOIN boundary_vintages ON periods.start BETWEEN coalesce(valid_from, periods.start)
                                                       AND coalesce(valid_to, periods.start)
    GROUP  BY period_id
)
SELECT observation_id,
       'printed total ' || printed.value || ' against ' || parts.total || ', the sum of its regions' AS message,
       printed.value AS given, parts.total AS expected
FROM   observations AS printed
       JOIN parts ON printed.indicator_id = parts.indicator_id
                 AND printed.period_id = parts.period_id
                 AND printed.group_id IS NOT DISTINCT FROM parts.group_id
                 AND printed.category_id IS NOT DISTINCT FROM parts.category_id
       JOIN there_were ON there_were.period_id = printed.period_id
WHERE  printed.region_id = 'kazakhstan' AND printed.preferred AND printed.qualifier = '='
       AND (parts.total > printed.value
            OR (parts.region_count >= there_were.region_count AND parts.total <> printed.value));
