-- Figures that the documents print twice and differently: the one that pages show beside each one that they name.
-- Grain: one row per figure that is not shown. `rule_id`: which line of the rule decides; `exact` where the shown figure
-- is printed to its last digit and the other is not, `noted` where the note of the observation gives the reason.
-- Unset regions or principles = every figure.
-- By hand: SET VARIABLE regions = ['akmola'];
SELECT shown.observation_id, other.observation_id AS other_observation_id, shown.indicator_id, shown.region_id,
       indicators.unit, indicators.decimals,
       shown.value::DOUBLE AS value, shown.qualifier, other.value::DOUBLE AS other_value, other.qualifier AS other_qualifier,
       100 * (other.value - shown.value)::DOUBLE / nullif(shown.value, 0)::DOUBLE AS difference_percent,
       CASE WHEN shown_interval.low = shown_interval.high AND other_interval.low IS DISTINCT FROM other_interval.high
            THEN 'exact' ELSE 'noted' END AS rule_id
FROM   observations AS other
       JOIN observations AS shown ON shown.preferred AND NOT other.preferred
                                 AND shown.indicator_id = other.indicator_id AND shown.region_id = other.region_id
                                 AND shown.period_id = other.period_id
                                 AND shown.group_id IS NOT DISTINCT FROM other.group_id
                                 AND shown.category_id IS NOT DISTINCT FROM other.category_id
       JOIN indicators ON indicators.indicator_id = shown.indicator_id
       LEFT JOIN observation_intervals AS shown_interval ON shown_interval.observation_id = shown.observation_id
       LEFT JOIN observation_intervals AS other_interval ON other_interval.observation_id = other.observation_id
WHERE  (getvariable('regions') IS NULL OR coalesce(list_contains(getvariable('regions'), shown.region_id), false))
       AND (getvariable('principles') IS NULL
            OR coalesce(list_contains(getvariable('principles'), indicators.principle_id), false)
            OR EXISTS (SELECT 1 FROM project_principles
                       WHERE project_principles.project_id = indicators.project_id
                             AND list_contains(getvariable('principles'), project_principles.principle_id)))
ORDER  BY abs(difference_percent) DESC NULLS LAST, other.observation_id;
