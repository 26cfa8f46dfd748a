-- kk: Құжаттар бір өңір туралы қандай сандар басқан?
-- ru: Какие числа напечатаны в документах об одном регионе?
-- en: Which figures do the documents print of one region?
SELECT indicators.name_kk AS indicator, groups.name_kk AS "group", categories.name_kk AS category,
       periods.short_kk AS period, qualifier, value, unit, kk_line, kk_printed, ru_line, ru_printed,
       observation_id
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN periods USING (period_id)
       LEFT JOIN groups USING (group_id)
       LEFT JOIN categories USING (category_id)
WHERE  region_id = $region
ORDER  BY topic, indicator, periods.start, category;
