-- Figures that a rule of plausibility finds, with what they are held against.
-- Grain: one row per figure and rule. Unset observations = every figure.
-- By hand: SET VARIABLE observations = ['tugan_zher_people_reached:kazakhstan:2017/2019-9m'];
SELECT observation_id, rule_id, indicator_id, region_id,
       indicators.name_kk AS indicator_kk, indicators.name_ru AS indicator_ru, indicators.name_en AS indicator_en,
       regions.short_kk AS region_kk, regions.short_ru AS region_ru, regions.short_en AS region_en,
       periods.short_kk AS period_kk, periods.short_ru AS period_ru, periods.short_en AS period_en,
       value::DOUBLE AS value, qualifier, indicators.unit, indicators.decimals, compared_with, times,
       kk_line, ru_line
FROM   flags
       JOIN observations USING (observation_id)
       JOIN indicators USING (indicator_id)
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
WHERE  coalesce(list_contains(getvariable('observations'), observation_id), true)
ORDER  BY rule_id, times DESC NULLS LAST, indicator_id, region_id, periods.start, observation_id;
