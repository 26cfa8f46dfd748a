-- Every amount that a region reports is a round number of millions, over at least three periods: planned or estimated
-- money rather than counted money. What is printed in millions or billions (72,3 млрд) is rounded by the document and left out.
-- Grain: one row per figure of such a series; the other figures of the series are named.
-- By hand: run as it is.
WITH series AS (
    SELECT indicator_id, region_id, group_id, category_id,
           list(observation_id ORDER BY observation_id)  AS observation_ids
    FROM   observations
           JOIN observation_intervals USING (observation_id)
           JOIN indicators USING (indicator_id)
           JOIN periods USING (period_id)
    WHERE  preferred AND value > 0 AND low = high AND indicators.unit = 'KZT' AND region_id <> 'kazakhstan'
           AND periods.kind IN ('year', 'part_of_year')
    GROUP  BY ALL
    HAVING count(*) >= 3 AND bool_and(value % 1000000 = 0)
)
SELECT observation_id,
       'all_values_round'                                                                AS rule_id,
       1000000::DOUBLE                                                                   AS compared_with,
       NULL::DOUBLE                                                                      AS times,
       list_filter(observation_ids, lambda other: other <> observation_id)               AS other_observation_ids
FROM   (SELECT observation_ids, unnest(observation_ids) AS observation_id FROM series) AS figure
ORDER  BY observation_id;
