-- kk: Бір көрсеткіштің сандары құжаттардың қай жолдарында басылған?
-- ru: На каких строках документов напечатаны числа одного показателя?
-- en: On which lines of the documents do the figures of one indicator stand?
SELECT regions.short_kk AS region, periods.short_kk AS period, documents.short_title_kk AS document,
       place.language AS half, place.line, place.printed, place.is_first, observation_id
FROM   "references" AS place
       JOIN observations USING (observation_id)
       JOIN documents ON documents.document_id = place.document_id
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
WHERE  indicator_id = $indicator
ORDER  BY region, periods.start, document, half, line;
