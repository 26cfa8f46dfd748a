-- Where people learn of the programme: every share of a source that the survey prints, each with the question it answers.
-- Grain: one row per question, group and source. Shares of different questions are not added.
-- By hand: run as it is.
SELECT observation_id, indicator_id, group_id, category_id,
       indicators.name_kk AS question_kk, indicators.name_ru AS question_ru, indicators.name_en AS question_en,
       groups.name_kk AS group_kk, groups.name_ru AS group_ru, groups.name_en AS group_en,
       categories.name_kk, categories.name_ru, categories.name_en,
       value::DOUBLE AS value, false AS is_computed, [observation_id] AS observation_ids
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN categories USING (category_id)
       LEFT JOIN groups USING (group_id)
WHERE  categories.type = 'information_source' AND region_id = 'kazakhstan' AND preferred
ORDER  BY group_id IS NOT NULL, value DESC, observation_id;
