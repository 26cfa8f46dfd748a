-- Every wording under which the documents name a direction, principle or project, with its first place.
-- Grain: one row per wording. By hand: runs alone.
SELECT subject_type, subject_id, variant, document_id, kk_line, kk_printed, ru_line, ru_printed,
       remark_kk, remark_ru, remark_en
FROM   printed_names
ORDER  BY subject_type, subject_id, variant;
