-- Every figure that the documents print of one region, the preferred ones and any other variant.
-- Grain: one row per observation; topics that the map shows come first. Principles: of the indicator's project, else of the indicator; none where the figure
-- belongs to no principle. Unset principles = every figure.
-- By hand: SET VARIABLE region = 'pavlodar'; SET VARIABLE principles = ['evolution'];
SELECT observation_id, indicators.indicator_id, topic, unit, value::DOUBLE AS value, qualifier, preferred,
       indicators.name_kk AS indicator_kk, indicators.name_ru AS indicator_ru, indicators.name_en AS indicator_en,
       categories.name_kk AS category_kk, categories.name_ru AS category_ru, categories.name_en AS category_en,
       groups.name_kk AS group_kk, groups.name_ru AS group_ru, groups.name_en AS group_en,
       period_id, periods.label_kk AS period_kk, periods.label_ru AS period_ru, periods.label_en AS period_en,
       [observation_id] AS observation_ids, false AS is_computed
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN periods USING (period_id)
       LEFT JOIN categories USING (category_id)
       LEFT JOIN groups USING (group_id)
WHERE  region_id = getvariable('region')
       AND (getvariable('principles') IS NULL
            OR list_contains(getvariable('principles'), indicators.principle_id)
            OR EXISTS (SELECT 1 FROM project_principles
                       WHERE  project_principles.project_id = indicators.project_id
                              AND list_contains(getvariable('principles'), project_principles.principle_id)))
ORDER  BY min(on_map) OVER (PARTITION BY topic) NULLS LAST, topic, on_map NULLS LAST, indicators.indicator_id, periods.kind = 'span', periods.start, categories.sort_order,
          groups.sort_order, observation_id;
