-- Which place a region takes among all regions by one indicator; 1 is the highest, or the lowest with side = 'lowest'.
-- Grain: one row; low to high where rounded figures leave the place undecided.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE period = '2017/2019-9m'; SET VARIABLE region = 'nur_sultan';
WITH figure AS (
    SELECT region_id, low, high, observation_id
    FROM   observations
           JOIN observation_intervals USING (observation_id)
    WHERE  preferred AND region_id <> 'kazakhstan' AND group_id IS NULL AND category_id IS NULL
           AND indicator_id = getvariable('indicator') AND period_id = getvariable('period')
),
own AS (SELECT low, high FROM figure WHERE region_id = getvariable('region'))
SELECT CASE WHEN max(own.low) IS NOT NULL THEN 1 + count(*) FILTER (
           CASE WHEN getvariable('side') = 'lowest' THEN figure.high < own.low ELSE figure.low > own.high END) END  AS low,
       CASE WHEN max(own.low) IS NOT NULL THEN 1 + count(*) FILTER (region_id <> getvariable('region') AND
           CASE WHEN getvariable('side') = 'lowest' THEN figure.low < own.high ELSE figure.high > own.low END) END  AS high,
       list(observation_id ORDER BY observation_id)                                                                  AS observation_ids
FROM   figure
       LEFT JOIN own ON true;
