-- What the outreach guide says of its target groups: traits, methods, notes.
-- Grain: one row per statement, groups in the order of the guide's table. Unset variable = every group.
-- By hand: SET VARIABLE group = 'age_60_plus';
SELECT parent_id AS group_id, groups.name_kk AS group_kk, groups.name_ru AS group_ru, groups.name_en AS group_en,
       programme_items.type, item_id, text_kk, text_ru, text_en, kk_line, ru_line,
       documents.short_title_kk AS document_kk, documents.short_title_ru AS document_ru, documents.short_title_en AS document_en
FROM   programme_items
       JOIN groups ON groups.group_id = programme_items.parent_id
       JOIN documents USING (document_id)
WHERE  programme_items.type IN ('target_group_trait', 'target_group_method', 'target_group_note')
       AND coalesce(parent_id = getvariable('group'), true)
ORDER  BY min(coalesce(kk_line, ru_line)) OVER (PARTITION BY parent_id), programme_items.type, programme_items.sort_order;
