-- Awareness of the programme in the survey of 2020: everybody, and each group of age and ethnicity that the survey speaks of.
-- Grain: one row per group and part of its bar; group_id is NULL for everybody. What no document prints for a group is one
-- part of its own (category_id 'unknown': 100 less what is printed), never shared out among the answers.
-- Parts lie in the order of the answers, the unknown one before the last: what begins and what ends a bar can be compared.
-- By hand: run as it is.
WITH asked AS (
    SELECT DISTINCT group_id, groups.type AS group_type, groups.sort_order AS group_order,
           groups.name_kk AS group_kk, groups.name_ru AS group_ru, groups.name_en AS group_en
    FROM   observations
           JOIN indicators USING (indicator_id)
           JOIN groups USING (group_id)
    WHERE  indicators.topic = 'awareness' AND groups.type IN ('age', 'ethnicity')
    UNION ALL
    SELECT NULL, 'everybody', 0, NULL, NULL, NULL
),
answer AS (
    SELECT group_id, category_id, categories.sort_order AS answer_order,
           categories.name_kk, categories.name_ru, categories.name_en, value::DOUBLE AS value, observation_id
    FROM   observations
           JOIN categories USING (category_id)
    WHERE  indicator_id = 'awareness_share' AND region_id = 'kazakhstan' AND preferred
),
part AS (
    SELECT asked.*, category_id, answer_order::DOUBLE AS answer_order, name_kk, name_ru, name_en, value, false AS is_computed,
           [observation_id] AS observation_ids
    FROM   asked
           JOIN answer ON answer.group_id IS NOT DISTINCT FROM asked.group_id
    UNION ALL
    SELECT asked.*, 'unknown', 2.5, NULL, NULL, NULL, 100 - coalesce(sum(value), 0), true,
           coalesce(list(observation_id ORDER BY answer_order) FILTER (observation_id IS NOT NULL), [])
    FROM   asked
           LEFT JOIN answer ON answer.group_id IS NOT DISTINCT FROM asked.group_id
    GROUP  BY asked.group_id, asked.group_type, asked.group_order, asked.group_kk, asked.group_ru, asked.group_en
    HAVING round(100 - coalesce(sum(value), 0), 6) > 0
)
SELECT group_id, group_type, group_kk, group_ru, group_en, category_id, name_kk, name_ru, name_en, round(value, 6) AS value,
       is_computed, observation_ids
FROM   part
ORDER  BY group_order, answer_order;
