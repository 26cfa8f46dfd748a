-- What the documents say in words of one sort of thing, or of single things by their ids.
-- Grain: one row per item, in the order of the document. Unset variable = every one.
-- By hand: SET VARIABLE types = ['timeline'];
SELECT item_id, type, parent_id, sort_order, time_period, principle_ids, text_kk, text_ru, text_en, kk_line, ru_line,
       documents.short_title_kk AS document_kk, documents.short_title_ru AS document_ru, documents.short_title_en AS document_en
FROM   programme_items
       JOIN documents USING (document_id)
WHERE  coalesce(list_contains(getvariable('types'), type), true)
       AND coalesce(list_contains(getvariable('items'), item_id), true)
ORDER  BY type, document_id, coalesce(kk_line, ru_line), sort_order, item_id;
