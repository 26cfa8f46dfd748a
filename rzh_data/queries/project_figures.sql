-- The country's figures of the special projects: what each project is measured by and what it is to reach.
-- Grain: one row per figure (preferred variant), targets told by the kind of their period. Money by region is not here.
-- Unset variable = every principle; a project of two principles comes once.
-- By hand: SET VARIABLE principles = ['evolution'];
SELECT project_id, observation_id, indicator_id, indicators.name_kk, indicators.name_ru, indicators.name_en,
       categories.name_kk AS category_kk, categories.name_ru AS category_ru, categories.name_en AS category_en,
       category_id, period_id, periods.kind AS period_kind,
       periods.label_kk AS period_kk, periods.label_ru AS period_ru, periods.label_en AS period_en,
       extract(year FROM periods."end")::INTEGER AS year,
       value::DOUBLE AS value, qualifier, unit, decimals
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN projects USING (project_id)
       JOIN periods USING (period_id)
       LEFT JOIN categories USING (category_id)
WHERE  preferred AND region_id = 'kazakhstan' AND group_id IS NULL AND projects.kind = 'special'
       AND (getvariable('principles') IS NULL
            OR project_id IN (SELECT project_id FROM project_principles
                              WHERE list_contains(getvariable('principles'), principle_id)))
ORDER  BY projects.sort_order, indicator_id, categories.sort_order, periods."end", observation_id;
