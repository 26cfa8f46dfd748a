-- Where each of the 17 regions stands on one indicator in one period: value, rank, share of the country, change.
-- Grain: one row per region; a region without a figure keeps its row, value NULL. The country is the last row, unranked.
-- Change is against the period before, only between single periods, and only per month where the lengths differ.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE period = '2018'; SET VARIABLE per = 'capita';
WITH measure AS (
    SELECT region_id, period_id,
           is_computed OR coalesce(getvariable('per'), 'total') <> 'total'
            OR coalesce(getvariable('prices'), 'nominal') <> 'nominal' AS is_computed,
           qualifier, months, population, observation_ids, value_per_month,
           CASE coalesce(getvariable('per'), 'total')
                WHEN 'capita' THEN CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_inhabitant ELSE value_per_inhabitant END
                WHEN 'month' THEN CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_month ELSE value_per_month END
                ELSE CASE getvariable('prices') WHEN 'constant' THEN value_constant ELSE value END
           END AS value
    FROM   region_values
    WHERE  indicator_id = getvariable('indicator')
),
single AS (
    SELECT period_id, lag(period_id) OVER (ORDER BY start) AS period_before_id
    FROM   periods
    WHERE  kind IN ('year', 'part_of_year') AND period_id IN (SELECT period_id FROM measure)
),
ranked AS (
    SELECT region_id, rank() OVER (ORDER BY value DESC) AS position
    FROM   measure
    WHERE  period_id = getvariable('period') AND region_id <> 'kazakhstan'
)
SELECT regions.region_id, regions.kind, regions.short_kk, regions.short_ru, regions.short_en,
       regions.name_kk, regions.name_ru, regions.name_en,
       measure.value, ranked.position::INTEGER AS position, (SELECT count(*) FROM ranked)::INTEGER AS ranked_count,
       CASE WHEN indicators.aggregation = 'sum' AND coalesce(getvariable('per'), 'total') <> 'capita' AND regions.region_id <> 'kazakhstan'
             AND country.qualifier = '='  -- of "more than 6 000" nobody knows the tenth part
            THEN 100 * measure.value / country.value END AS share_of_country,
       measure.value - country.value AS above_country,
       single.period_before_id,
       measure.value_per_month / nullif(before.value_per_month, 0) AS change_times,
       measure.is_computed, measure.qualifier, measure.months, measure.population, measure.observation_ids
FROM   regions
       CROSS JOIN (SELECT aggregation FROM indicators WHERE indicator_id = getvariable('indicator')) AS indicators
       LEFT JOIN measure ON measure.region_id = regions.region_id AND measure.period_id = getvariable('period')
       LEFT JOIN measure AS country ON country.region_id = 'kazakhstan' AND country.period_id = getvariable('period')
       LEFT JOIN single ON single.period_id = getvariable('period')
       LEFT JOIN measure AS before ON before.region_id = regions.region_id AND before.period_id = single.period_before_id
       LEFT JOIN ranked ON ranked.region_id = regions.region_id
ORDER  BY regions.region_id = 'kazakhstan', measure.value DESC NULLS LAST, regions.region_id;
