-- Indicators that the map offers, in the order of its picker, with the project and the principles they belong to.
-- Grain: one row per indicator. Unset variable = every principle.
-- By hand: SET VARIABLE principles = ['pragmatism'];
SELECT indicators.indicator_id, topic, unit, aggregation, decimals, derivation,
       indicators.name_kk, indicators.name_ru, indicators.name_en,
       definition_kk, definition_ru, definition_en,
       projects.name_kk AS project_kk, projects.name_ru AS project_ru, projects.name_en AS project_en,
       list(project_principles.principle_id ORDER BY project_principles.principle_id)
           FILTER (project_principles.principle_id IS NOT NULL) AS principle_ids
FROM   indicators
       LEFT JOIN projects USING (project_id)
       LEFT JOIN project_principles USING (project_id)
WHERE  on_map IS NOT NULL
GROUP  BY ALL
HAVING coalesce(list_has_any(principle_ids, getvariable('principles')), true)
ORDER  BY min(on_map);
