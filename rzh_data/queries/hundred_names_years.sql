-- «100 жаңа есім»: applications, winners and winners per hundred applications, year by year and together.
-- Grain: one row per year; the last row adds up the years (period_id = 'sum'). Counts of a year are printed, rates are ours.
-- By hand: run as it is.
WITH year AS (
    SELECT period_id, periods.short_kk AS period_kk, periods.short_ru AS period_ru, periods.short_en AS period_en, periods.start,
           max(value) FILTER (indicator_id = 'hundred_names_applications')::INTEGER AS applications,
           max(value) FILTER (indicator_id = 'hundred_names_winners')::INTEGER AS winners,
           list(observation_id ORDER BY indicator_id) AS observation_ids
    FROM   observations
           JOIN periods USING (period_id)
    WHERE  indicator_id IN ('hundred_names_applications', 'hundred_names_winners')
           AND region_id = 'kazakhstan' AND preferred AND periods.kind = 'year'
    GROUP  BY ALL
)
SELECT period_id, period_kk, period_ru, period_en, applications, winners, 100.0 * winners / applications AS per_hundred,
       true AS is_computed, observation_ids
FROM   (SELECT *, 1 AS part FROM year
        UNION ALL
        SELECT 'sum', min(period_kk) || '–' || max(period_kk), min(period_ru) || '–' || max(period_ru), min(period_en) || '–' || max(period_en),
               min(start), sum(applications)::INTEGER, sum(winners)::INTEGER, flatten(list(observation_ids ORDER BY start)), 2
        FROM   year)
ORDER  BY part, start;
