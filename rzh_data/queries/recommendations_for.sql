-- Findings and recommendations for the chosen addressees: regions (and the project office of each), ministries,
-- `all_regions`, `project_office`. Unset principles = every principle, and what is said of the programme as a whole.
-- Grain: one row per finding or recommendation.
-- By hand: SET VARIABLE addressees = ['pavlodar'];
SELECT recommendation_id, principle_id, principles.name_kk AS principle_kk, principles.name_ru AS principle_ru,
       principles.name_en AS principle_en, addressee_type, addressee_id, kind, text_kk, text_ru, text_en,
       recommendations.document_id, documents.short_title_kk AS document_kk, documents.short_title_ru AS document_ru,
       documents.short_title_en AS document_en, kk_line, ru_line
FROM   recommendations
       JOIN documents USING (document_id)
       LEFT JOIN principles USING (principle_id)
WHERE  list_contains(getvariable('addressees'), addressee_id)
       AND coalesce(list_contains(getvariable('principles'), principle_id), getvariable('principles') IS NULL)
ORDER  BY principles.sort_order NULLS LAST, kind, addressee_type, recommendation_id;
