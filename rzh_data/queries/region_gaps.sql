-- What the documents print for other regions and not for one region: its gaps.
-- Grain: one row per indicator. A gap is an indicator without any figure of the region, or a period in which at least half
-- of the regions have one and the region has none (`has_other_periods`). `known_ids`: the regions that have one then.
-- Unset principles = every indicator. By hand: SET VARIABLE region = 'shymkent';
WITH printed AS (
    SELECT DISTINCT indicator_id, period_id, region_id
    FROM   observations
    WHERE  region_id <> 'kazakhstan'
),
pair AS (
    SELECT indicator_id, period_id, list(region_id ORDER BY region_id) AS region_ids, count(*) AS region_count
    FROM   printed
    GROUP  BY indicator_id, period_id
    HAVING NOT list_contains(list(region_id), getvariable('region'))
)
SELECT indicators.indicator_id, topic, on_map, indicators.name_kk, indicators.name_ru, indicators.name_en,
       list(periods.short_kk ORDER BY periods.start, period_id) AS periods_kk,
       list(periods.short_ru ORDER BY periods.start, period_id) AS periods_ru,
       list(periods.short_en ORDER BY periods.start, period_id) AS periods_en,
       list_sort(list_distinct(flatten(list(region_ids))))      AS known_ids,
       indicator_id IN (SELECT indicator_id FROM printed WHERE region_id = getvariable('region')) AS has_other_periods
FROM   pair
       JOIN indicators USING (indicator_id)
       JOIN periods USING (period_id)
WHERE  (region_count >= 9
        OR indicator_id NOT IN (SELECT indicator_id FROM printed WHERE region_id = getvariable('region')))
       AND (getvariable('principles') IS NULL
            OR list_contains(getvariable('principles'), indicators.principle_id)
            OR EXISTS (SELECT 1 FROM project_principles
                       WHERE  project_principles.project_id = indicators.project_id
                              AND list_contains(getvariable('principles'), project_principles.principle_id)))
GROUP  BY ALL
ORDER  BY on_map NULLS LAST, len(known_ids) DESC, topic, indicators.indicator_id;
