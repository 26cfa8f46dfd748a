-- Ranks of the regions by money of «Туған жер» from period to period.
-- Grain: one row per region and single period that has a figure.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE per = 'capita';
SELECT region_id, regions.short_kk, regions.short_ru, regions.short_en, period_id,
       periods.short_kk AS period_kk, periods.short_ru AS period_ru, periods.short_en AS period_en, periods.kind AS period_kind,
       CASE coalesce(getvariable('per'), 'total') WHEN 'capita' THEN value_per_inhabitant WHEN 'month' THEN value_per_month ELSE value END AS value,
       rank() OVER (PARTITION BY period_id ORDER BY
           CASE coalesce(getvariable('per'), 'total') WHEN 'capita' THEN value_per_inhabitant WHEN 'month' THEN value_per_month ELSE value END
           DESC)::INTEGER AS position,
       is_computed OR coalesce(getvariable('per'), 'total') <> 'total' AS is_computed, observation_ids
FROM   region_values
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
WHERE  indicator_id = getvariable('indicator') AND region_id <> 'kazakhstan' AND periods.kind <> 'span'
ORDER  BY periods.start, position, region_id;
