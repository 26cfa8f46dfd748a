-- kk: Қай сандарға сақтықпен қарау керек және қай ереже бойынша?
-- ru: К каким числам стоит относиться с осторожностью и по какому правилу?
-- en: Which figures should be taken with care, and by which rule?
SELECT rule_id, indicators.name_kk AS indicator, regions.short_kk AS region, periods.short_kk AS period,
       value, compared_with, times, observation_id
FROM   flags
       JOIN observations USING (observation_id)
       JOIN indicators USING (indicator_id)
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
ORDER  BY rule_id, times DESC NULLS LAST, indicator;
