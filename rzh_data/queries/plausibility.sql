-- Figures to take with care, with the rule that found them and what they are held against.
-- Grain: one row per figure and rule. Unset `figures` = every figure.
-- By hand: SET VARIABLE figures = ['tugan_zher_people_reached:kazakhstan:2017/2019-9m'];
SELECT observation_id, rule_id, indicator_id, region_id, period_id, group_id, category_id, value::DOUBLE AS value,
       compared_with, times, other_observation_ids
FROM   flags
       JOIN observations USING (observation_id)
WHERE  coalesce(list_contains(getvariable('figures'), observation_id), true)
ORDER  BY rule_id, observation_id;
