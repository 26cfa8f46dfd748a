-- kk: Қай сандар тек қазақша немесе тек орысша мәтінде басылған?
-- ru: Какие числа напечатаны только в казахском или только в русском тексте?
-- en: Which figures are printed in the Kazakh text only, or in the Russian text only?
SELECT CASE WHEN ru_line IS NULL THEN 'kk' ELSE 'ru' END AS half, indicators.name_kk AS indicator,
       regions.short_kk AS region, periods.short_kk AS period, value,
       coalesce(kk_line, ru_line) AS line, coalesce(kk_printed, ru_printed) AS printed,
       observation_id
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
WHERE  kk_line IS NULL OR ru_line IS NULL
ORDER  BY half, line;
