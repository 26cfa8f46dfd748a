-- Figures as the documents print them, with the names of what they are of. Nothing is computed here.
-- Grain: one row per observation, variants that pages do not show included (`preferred`). Unset = no choice.
-- By hand: SET VARIABLE indicators = ['tugan_zher_sponsors']; SET VARIABLE periods = ['2018'];
SELECT observation_id, indicator_id, indicators.name_kk AS indicator_kk, indicators.name_ru AS indicator_ru,
       indicators.name_en AS indicator_en, indicators.unit,
       region_id, regions.short_kk AS region_kk, regions.short_ru AS region_ru, regions.short_en AS region_en,
       period_id, periods.label_kk AS period_kk, periods.label_ru AS period_ru, periods.label_en AS period_en, periods.months,
       group_id, category_id, variant, value::DOUBLE AS value, qualifier, obs_status, preferred, document_id
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
WHERE  coalesce(list_contains(getvariable('indicators'), indicator_id), true)
       AND coalesce(list_contains(getvariable('regions'), region_id), true)
       AND coalesce(list_contains(getvariable('periods'), period_id), true)
ORDER  BY indicator_id, periods.start, periods."end", region_id, group_id, category_id, variant;
