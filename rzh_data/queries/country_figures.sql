-- Figures of the whole country for the chosen indicators, the preferred variant of each.
-- Grain: one row per indicator, period, group and category. What contradicts it stands in `other_printed`.
-- By hand: SET VARIABLE indicators = ['accelerator_projects'];
SELECT observation_id, indicator_id, period_id, group_id, category_id, value::DOUBLE AS value, qualifier, unit, decimals,
       categories.sort_order AS category_order,
       (SELECT list(DISTINCT other.observation_id ORDER BY other.observation_id)
        FROM   observations AS other
        WHERE  other.indicator_id = observations.indicator_id AND other.region_id = observations.region_id
               AND other.group_id IS NOT DISTINCT FROM observations.group_id
               AND other.category_id IS NOT DISTINCT FROM observations.category_id
               AND other.period_id = observations.period_id AND NOT other.preferred) AS other_observation_ids
FROM   observations
       JOIN indicators USING (indicator_id)
       LEFT JOIN categories USING (category_id)
WHERE  preferred AND region_id = 'kazakhstan'
       AND list_contains(getvariable('indicators'), indicator_id)
ORDER  BY indicator_id, period_id, category_order, observation_id;
