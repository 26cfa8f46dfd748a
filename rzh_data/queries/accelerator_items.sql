-- What the packages say of the accelerator in words: stages and partners. Packages repeat one another: what is said
-- in the same place of the order (a stage) or in the same words, also with something added (a partner), is one thing here.
-- Grain: one row per thing; the words are those of the package that comes first, `places` names every package that says it.
-- By hand: SET VARIABLE type = 'accelerator_partner';
WITH item AS (
    SELECT *, coalesce(kk_line, ru_line) AS line
    FROM   programme_items
    WHERE  type = getvariable('type')
),
keyed AS (
    SELECT item.*,
           CASE type
                WHEN 'accelerator_stage' THEN sort_order::VARCHAR
                ELSE (SELECT arg_min(other.text_kk, length(other.text_kk)) FROM item AS other WHERE starts_with(item.text_kk, other.text_kk))
           END AS thing
    FROM   item
)
SELECT thing,
       arg_min(text_kk, line) AS text_kk, arg_min(text_ru, line) AS text_ru, arg_min(text_en, line) AS text_en,
       arg_min(time_period, line) AS time_period,
       list(item_id ORDER BY line) AS item_ids,
       list({'principle_id': principle_ids, 'kk_line': kk_line, 'ru_line': ru_line} ORDER BY line) AS places,
       arg_min(document_id, line) AS document_id
FROM   keyed
GROUP  BY thing
ORDER  BY min(line);
