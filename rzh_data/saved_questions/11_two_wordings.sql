-- kk: Қай сандардың екі түрлі мәні басылған және беттерде қайсысы көрсетіледі?
-- ru: Для каких чисел напечатано два разных значения и какое из них показано на страницах?
-- en: Which figures are printed with two different values, and which one do the pages show?
SELECT indicators.name_kk AS indicator, regions.short_kk AS region, periods.short_kk AS period,
       qualifier, value, preferred AS is_shown, documents.short_title_kk AS document, kk_line, ru_line,
       observation_id
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
       JOIN documents USING (document_id)
WHERE  (indicator_id, region_id, period_id, coalesce(category_id, ''), coalesce(group_id, '')) IN (
           SELECT (indicator_id, region_id, period_id, coalesce(category_id, ''), coalesce(group_id, ''))
           FROM   observations
           WHERE  NOT preferred
       )
ORDER  BY indicator, region, period, is_shown DESC;
