-- One share of the survey of 2020 group by group; a group of the survey that no document prints it for keeps its row.
-- Grain: one row per group, value NULL where nothing is printed. `types` are the kinds of groups wanted.
-- By hand: SET VARIABLE indicator = 'event_participation_share'; SET VARIABLE types = ['age', 'gender', 'ethnicity'];
WITH asked AS (
    SELECT DISTINCT group_id
    FROM   observations
           JOIN indicators USING (indicator_id)
    WHERE  indicators.topic = 'awareness' AND group_id IS NOT NULL
)
SELECT group_id, groups.name_kk, groups.name_ru, groups.name_en, groups.type AS group_type,
       share.value::DOUBLE AS value, false AS is_computed,
       CASE WHEN share.observation_id IS NULL THEN [] ELSE [share.observation_id] END AS observation_ids
FROM   asked
       JOIN groups USING (group_id)
       LEFT JOIN observations AS share ON share.group_id = asked.group_id AND share.indicator_id = getvariable('indicator')
                                      AND share.region_id = 'kazakhstan' AND share.preferred
WHERE  list_contains(getvariable('types'), groups.type)
ORDER  BY share.value DESC NULLS LAST, groups.sort_order;
