-- What the documents say in words of how the programme works: stages, methods, tasks, trainings, dates.
-- Grain: one row per item of the chosen types, in the order of the screen. `package_id`: the first principle whose package
-- says it; NULL for the outreach guide. Unset principles = all, the guide too.
-- By hand: SET VARIABLE types = ['foresight_stage'];
SELECT item_id, type, parent_id, programme_items.sort_order, time_period, text_kk, text_ru, text_en,
       document_id, kk_line, ru_line,
       CASE WHEN principle_ids IS NULL THEN [] ELSE string_split(principle_ids, ';') END AS principle_ids,
       split_part(principle_ids, ';', 1) AS package_id
FROM   programme_items
       LEFT JOIN principles ON principles.principle_id = split_part(principle_ids, ';', 1)
WHERE  list_contains(getvariable('types'), type)
       AND (getvariable('principles') IS NULL
            OR list_has_any(string_split(principle_ids, ';'), getvariable('principles')))
ORDER  BY type, principles.sort_order NULLS LAST, parent_id, programme_items.sort_order, item_id;
