-- For which regions and periods the documents print a regional indicator, and why not for the others.
-- Grain: one row per indicator that has a figure of at least one region, region, and period in which one has.
-- `reason`, where there is no figure: before_split (Shymkent was part of South Kazakhstan until 19 June 2018),
-- one_region (the figure stands where the document speaks of one region), some_named (the text names some regions only).
-- Unset regions or principles = all of them.
-- By hand: SET VARIABLE principles = ['identity'];
WITH printed AS (
    SELECT DISTINCT indicator_id, region_id, period_id
    FROM   observations
    WHERE  region_id <> 'kazakhstan' AND value IS NOT NULL
),
asked AS (
    SELECT indicator_id, period_id, count(*) AS region_count,
           max(count(*)) OVER (PARTITION BY indicator_id) AS most_regions
    FROM   printed
    GROUP  BY indicator_id, period_id
)
SELECT asked.indicator_id, indicators.name_kk AS indicator_kk, indicators.name_ru AS indicator_ru, indicators.name_en AS indicator_en,
       regions.region_id, regions.short_kk AS region_kk, regions.short_ru AS region_ru, regions.short_en AS region_en,
       asked.period_id, periods.short_kk AS period_kk, periods.short_ru AS period_ru, periods.short_en AS period_en,
       printed.region_id IS NOT NULL AS has_value, asked.most_regions::INTEGER AS most_regions,
       CASE WHEN printed.region_id IS NOT NULL THEN NULL
            WHEN regions.region_id = 'shymkent' AND periods.start < DATE '2018-06-19' AND asked.region_count >= 16 THEN 'before_split'
            WHEN asked.region_count = 1 THEN 'one_region'
            ELSE 'some_named' END AS reason
FROM   asked
       JOIN indicators USING (indicator_id)
       JOIN periods USING (period_id)
       JOIN regions ON regions.kind <> 'country'
       LEFT JOIN printed ON printed.indicator_id = asked.indicator_id AND printed.period_id = asked.period_id
                        AND printed.region_id = regions.region_id
WHERE  coalesce(list_contains(getvariable('regions'), regions.region_id), true)
       AND (getvariable('principles') IS NULL
            OR coalesce(list_contains(getvariable('principles'), indicators.principle_id), false)
            OR EXISTS (SELECT 1 FROM project_principles
                       WHERE project_principles.project_id = indicators.project_id
                             AND list_contains(getvariable('principles'), project_principles.principle_id)))
ORDER  BY most_regions DESC, asked.indicator_id, regions.kind <> 'city', regions.region_id, periods.start;
