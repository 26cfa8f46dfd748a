-- kk: Белгілі бір сомадан асатын қай қаржы сандары басылған?
-- ru: Какие денежные суммы больше заданной напечатаны в документах?
-- en: Which amounts of money above a given one are printed?
SELECT indicators.name_kk AS indicator, regions.short_kk AS region, periods.short_kk AS period, value,
       kk_printed, ru_printed, observation_id
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
WHERE  unit = 'KZT' AND value > $number
ORDER  BY value DESC;
