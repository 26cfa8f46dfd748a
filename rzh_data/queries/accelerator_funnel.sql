-- The accelerator's funnel of 2020: how many projects stand at each stage, in percent of the start and of the stage before,
-- and by which rule a project gets there, in our words for the documents' text.
-- Grain: one row per stage, in order. Percentages are ours, counts are printed. Ambassadors are no stage and not here.
-- By hand: run as it is.
WITH rule (category_id, item_id) AS (
    VALUES ('applications', 'competitiveness_timeline_02'),
           ('selected', 'competitiveness_accelerator_entry_rule_01'),
           ('pre_accelerated', 'competitiveness_accelerator_entry_rule_02'),
           ('certified', 'pragmatism_accelerator_entry_2'),
           ('accelerated', 'competitiveness_accelerator_entry_rule_03')
),
stage AS (
    SELECT observation_id, category_id, categories.sort_order, categories.name_kk, categories.name_ru, categories.name_en,
           value::DOUBLE AS value,
           lag(value::DOUBLE) OVER (ORDER BY categories.sort_order) AS value_before,
           first_value(value::DOUBLE) OVER (ORDER BY categories.sort_order) AS value_at_start,
           lag(observation_id) OVER (ORDER BY categories.sort_order) AS before_id,
           first_value(observation_id) OVER (ORDER BY categories.sort_order) AS start_id
    FROM   observations
           JOIN categories USING (category_id)
    WHERE  indicator_id = 'accelerator_projects' AND region_id = 'kazakhstan' AND preferred
)
SELECT stage.category_id, stage.name_kk, stage.name_ru, stage.name_en, value, value_before,
       100 * value / value_at_start AS percent_of_start,
       100 * value / value_before   AS percent_of_before,
       item.text_kk AS rule_kk, item.text_ru AS rule_ru, item.text_en AS rule_en,
       item.kk_line, item.ru_line,
       documents.short_title_kk AS document_kk, documents.short_title_ru AS document_ru, documents.short_title_en AS document_en,
       list_distinct([observation_id, start_id, coalesce(before_id, observation_id)]) AS observation_ids,
       observation_id
FROM   stage
       LEFT JOIN rule USING (category_id)
       LEFT JOIN programme_items AS item USING (item_id)
       LEFT JOIN documents ON documents.document_id = item.document_id
ORDER  BY stage.sort_order;
