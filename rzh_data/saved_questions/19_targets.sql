-- kk: Қай көрсеткіштердің мақсатты мәні бар?
-- ru: Для каких показателей названы целевые значения?
-- en: Which indicators have target values?
SELECT indicators.name_kk AS indicator, categories.name_kk AS category, regions.short_kk AS region,
       periods.short_kk AS period, qualifier, value, unit, observation_id
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN periods USING (period_id)
       JOIN regions USING (region_id)
       LEFT JOIN categories USING (category_id)
WHERE  periods.kind = 'target'
ORDER  BY indicator, category, periods.start;
