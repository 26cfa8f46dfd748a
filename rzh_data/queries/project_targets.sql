-- Value against target, for the special projects whose documents print both.
-- Grain: one row per pair: the value, the target (one figure or the sum of some), the value in percent of the target.
-- Pairs that a document prints as value and target are few, so they are named here one by one.
-- By hand: SET VARIABLE principles = ['knowledge'];
WITH pair (pair_id, project_id, value_id, target_ids) AS (
    VALUES ('textbooks_translated', 'textbooks', 'textbooks:kazakhstan:2017/2019::textbook_translated',
            ['textbooks:kazakhstan:2017/2019::textbook_translated', 'textbooks:kazakhstan:target-2020::textbook_to_translate']),
           ('textbooks_published', 'textbooks', 'textbooks:kazakhstan:2017/2019::textbook_published',
            ['textbooks:kazakhstan:2017/2019::textbook_translated']),
           ('tugan_zher_events', 'tugan_zher', 'tugan_zher_events_held:kazakhstan:2017/2019-9m',
            ['tugan_zher_events_planned:kazakhstan:2017/2019-9m']),
           ('aul_people', 'aul', 'aul_people_covered:kazakhstan:2019', ['aul_people_covered:kazakhstan:target-2025'])
),
goal AS (
    SELECT pair_id, sum(value) AS target
    FROM   pair
           JOIN observations ON list_contains(target_ids, observation_id)
    GROUP  BY pair_id
)
SELECT pair_id, pair.project_id, projects.name_kk, projects.name_ru, projects.name_en,
       value::DOUBLE AS value, qualifier, unit, target::DOUBLE AS target, (100 * value / target)::DOUBLE AS percent,
       list_sort(list_distinct([value_id] || target_ids)) AS observation_ids, true AS is_computed
FROM   pair
       JOIN goal USING (pair_id)
       JOIN observations ON observation_id = value_id
       JOIN indicators USING (indicator_id)
       JOIN projects ON projects.project_id = pair.project_id
WHERE  getvariable('principles') IS NULL
       OR pair.project_id IN (SELECT project_id FROM project_principles
                              WHERE list_contains(getvariable('principles'), principle_id))
ORDER  BY projects.sort_order, percent DESC;
