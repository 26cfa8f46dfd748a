-- What stands where in the documents: the names a place is told by.
-- Grain: one row per section of a half of a document, in the order of its lines.
SELECT document_id, language, first_line, line_count,
       label_kk, label_ru, label_en,
       short_title_kk AS document_kk, short_title_ru AS document_ru, short_title_en AS document_en
FROM   sections
       JOIN documents USING (document_id)
ORDER  BY document_id, first_line;
