-- Money of «Туған жер» by region, period and source of money, in the chosen basis and prices.
-- Grain: one row per region (and the country), period and source that has a figure. Value in tenge: per inhabitant with
-- decimals, otherwise to the tenge in nominal prices. Unset regions = every region.
-- By hand: SET VARIABLE per = 'total'; SET VARIABLE regions = ['atyrau'];
SELECT indicator_id, region_id, period_id, periods.months AS period_months,
       regions.short_kk, regions.short_ru, regions.short_en,
       periods.short_kk AS period_kk, periods.short_ru AS period_ru, periods.short_en AS period_en, periods.kind AS period_kind,
       CASE coalesce(getvariable('per'), 'total')
            WHEN 'capita' THEN CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_inhabitant ELSE value_per_inhabitant END
            WHEN 'month' THEN CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_month ELSE value_per_month END
            ELSE CASE getvariable('prices') WHEN 'constant' THEN value_constant ELSE value END
       END AS value,
       value::BIGINT AS amount_kzt, value_per_inhabitant, region_values.months, population, is_computed, observation_ids
FROM   region_values
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
WHERE  indicator_id IN ('tugan_zher_local_budget', 'tugan_zher_sponsors')
       AND (region_id = 'kazakhstan' OR coalesce(list_contains(getvariable('regions'), region_id), true))
ORDER  BY periods.kind = 'span', periods.start, region_id, indicator_id;
