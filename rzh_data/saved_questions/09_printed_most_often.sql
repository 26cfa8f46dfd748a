-- kk: Қай сандар құжаттарда ең жиі қайталанады?
-- ru: Какие числа повторяются в документах чаще всего?
-- en: Which figures are repeated most often in the documents?
SELECT indicators.name_kk AS indicator, regions.short_kk AS region, periods.short_kk AS period,
       any_value(value) AS value, count(*) AS places,
       count(*) FILTER (place.language = 'kk') AS in_kazakh, count(*) FILTER (place.language = 'ru') AS in_russian
FROM   "references" AS place
       JOIN observations USING (observation_id)
       JOIN indicators USING (indicator_id)
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
GROUP  BY observation_id, indicator, region, period
ORDER  BY places DESC, indicator
LIMIT  30;
