-- Every figure that the explorer sorts and counts: as printed, and as computed for a region or the country as a whole.
-- Grain: one row per printed observation, and one per computed value of `region_values` (a sum over regions, a ratio).
-- Values per inhabitant and per month stand where they can be computed; in nominal tenge where the unit is money.
-- Principles: of the indicator's project, else of the indicator. Topics that the map shows come first.
WITH served AS (
    SELECT indicators.indicator_id,
           coalesce(list(DISTINCT project_principles.principle_id ORDER BY project_principles.principle_id)
                        FILTER (project_principles.principle_id IS NOT NULL),
                    CASE WHEN max(indicators.principle_id) IS NULL THEN [] ELSE [max(indicators.principle_id)] END) AS principle_ids
    FROM   indicators
           LEFT JOIN project_principles ON project_principles.project_id = indicators.project_id
    GROUP  BY indicators.indicator_id
),
figure AS (
    SELECT [observation_id] AS observation_ids, false AS is_computed, preferred, observations.indicator_id,
           observations.region_id, observations.period_id, group_id, category_id, [document_id] AS document_ids,
           observations.value::DOUBLE AS value, observations.qualifier,
           CASE WHEN of_region THEN value_per_inhabitant END AS value_per_inhabitant,
           CASE WHEN of_region THEN value_per_month END AS value_per_month,
           kk_line, kk_printed, ru_line, ru_printed
    FROM   (SELECT *, preferred AND group_id IS NULL AND category_id IS NULL AS of_region FROM observations) AS observations
           LEFT JOIN region_values
             ON  region_values.indicator_id = observations.indicator_id AND region_values.region_id = observations.region_id
             AND region_values.period_id = observations.period_id
    WHERE  observations.value IS NOT NULL
    UNION ALL
    SELECT observation_ids, true, true, indicator_id, region_id, period_id, NULL, NULL,
           (SELECT list(DISTINCT document_id ORDER BY document_id) FROM observations
            WHERE  list_contains(region_values.observation_ids, observation_id)),
           value, qualifier, value_per_inhabitant, value_per_month, NULL, NULL, NULL, NULL
    FROM   region_values
    WHERE  is_computed
)
SELECT figure.*, topic, unit, decimals, aggregation, project_id, principle_ids,
       indicators.name_kk AS indicator_kk, indicators.name_ru AS indicator_ru, indicators.name_en AS indicator_en,
       regions.short_kk AS region_kk, regions.short_ru AS region_ru, regions.short_en AS region_en,
       periods.short_kk AS period_kk, periods.short_ru AS period_ru, periods.short_en AS period_en,
       periods.kind AS period_kind, periods.start, periods."end", periods.months,
       groups.name_kk AS group_kk, groups.name_ru AS group_ru, groups.name_en AS group_en,
       categories.name_kk AS category_kk, categories.name_ru AS category_ru, categories.name_en AS category_en
FROM   figure
       JOIN indicators USING (indicator_id)
       JOIN served USING (indicator_id)
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
       LEFT JOIN groups USING (group_id)
       LEFT JOIN categories USING (category_id)
ORDER  BY min(on_map) OVER (PARTITION BY topic) NULLS LAST, topic, on_map NULLS LAST, indicators.indicator_id, periods.start, periods."end",
          figure.region_id <> 'kazakhstan', figure.region_id, groups.sort_order, categories.sort_order, figure.observation_ids[1];
