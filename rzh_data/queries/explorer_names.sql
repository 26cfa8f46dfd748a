-- Names of everything that the explorer's facets offer, in their own order.
-- Grain: one row per facet and id. Regions: the country first; periods: in time, spans of several years last.
SELECT 'indicator' AS facet, indicator_id AS id, name_kk, name_ru, name_en, row_number() OVER (ORDER BY on_map NULLS LAST, indicator_id) AS sort_order FROM indicators
UNION ALL
SELECT 'region', region_id, short_kk, short_ru, short_en, row_number() OVER (ORDER BY region_id <> 'kazakhstan', region_id) FROM regions
UNION ALL
SELECT 'period', period_id, short_kk, short_ru, short_en, row_number() OVER (ORDER BY kind = 'span', start, "end", period_id) FROM periods
UNION ALL
SELECT 'principle', principle_id, name_kk, name_ru, name_en, sort_order FROM principles
UNION ALL
SELECT 'project', project_id, name_kk, name_ru, name_en, sort_order FROM projects
UNION ALL
SELECT 'group', group_id, name_kk, name_ru, name_en, row_number() OVER (ORDER BY sort_order, group_id) FROM groups
UNION ALL
SELECT 'document', document_id, short_title_kk, short_title_ru, short_title_en, row_number() OVER (ORDER BY year, document_id) FROM documents
ORDER  BY facet, sort_order, id;
