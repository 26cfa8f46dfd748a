-- People counted as reached are more than the region has: the figure counts contacts, one person several times.
-- Grain: one row per figure in persons that exceeds the population of its region on 1 January of its period.
-- By hand: run as it is.
SELECT observation_id,
       'reach_above_population'                        AS rule_id,
       population::DOUBLE                              AS compared_with,
       value::DOUBLE / population                      AS times,
       []::VARCHAR[]                                   AS other_observation_ids
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN periods USING (period_id)
       JOIN population ON population.region_id = observations.region_id
                      AND population.year = coalesce(periods.population_year, extract(year FROM periods.start))
WHERE  indicators.unit = 'persons' AND obs_status <> 'M' AND value > population
ORDER  BY observation_id;
