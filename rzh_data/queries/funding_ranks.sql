-- Ranks of the regions by money of «Туған жер» from period to period, in the chosen basis and prices.
-- Grain: one row per region and single period that has a figure. Prices move the values, never the ranks.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE per = 'capita';
WITH measure AS (
    SELECT region_id, period_id, observation_ids,
           is_computed OR coalesce(getvariable('per'), 'total') <> 'total'
               OR coalesce(getvariable('prices'), 'nominal') <> 'nominal' AS is_computed,
           CASE coalesce(getvariable('per'), 'total')
                WHEN 'capita' THEN CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_inhabitant ELSE value_per_inhabitant END
                WHEN 'month' THEN CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_month ELSE value_per_month END
                ELSE CASE getvariable('prices') WHEN 'constant' THEN value_constant ELSE value END
           END AS value
    FROM   region_values
    WHERE  indicator_id = getvariable('indicator') AND region_id <> 'kazakhstan'
)
SELECT region_id, regions.short_kk, regions.short_ru, regions.short_en, period_id,
       periods.short_kk AS period_kk, periods.short_ru AS period_ru, periods.short_en AS period_en, periods.kind AS period_kind,
       value, rank() OVER (PARTITION BY period_id ORDER BY value DESC)::INTEGER AS position,
       is_computed, observation_ids
FROM   measure
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
WHERE  periods.kind <> 'span' AND value IS NOT NULL
ORDER  BY periods.start, position, region_id;
