-- Whom findings and recommendations are for, in the order of the screen: ministries and bodies, regions, all at once.
-- Grain: one row per addressee that has any; a region takes in its project office.
-- By hand: runs alone.
SELECT addressee_id,
       CASE WHEN administrators.administrator_id IS NOT NULL THEN 'body'
            WHEN regions.region_id IS NOT NULL THEN 'region' ELSE 'all' END AS kind,
       coalesce(administrators.name_kk, regions.short_kk) AS name_kk,
       coalesce(administrators.name_ru, regions.short_ru) AS name_ru,
       coalesce(administrators.name_en, regions.short_en) AS name_en,
       coalesce(administrators.short_kk, regions.short_kk) AS short_kk,
       coalesce(administrators.short_ru, regions.short_ru) AS short_ru,
       coalesce(administrators.short_en, regions.short_en) AS short_en
FROM   (SELECT DISTINCT addressee_id FROM recommendations)
       LEFT JOIN administrators ON administrators.administrator_id = addressee_id
       LEFT JOIN regions ON regions.region_id = addressee_id
ORDER  BY administrators.sort_order NULLS LAST, regions.region_id NULLS LAST, addressee_id;
