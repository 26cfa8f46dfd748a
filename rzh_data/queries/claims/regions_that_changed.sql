-- In how many of the named regions a figure rose (or fell) from one period to another.
-- Grain: one row; low counts the sure ones, high those that rounding leaves possible. direction = 'rising' or 'falling'.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE before = '2017'; SET VARIABLE after = '2018'; SET VARIABLE regions = 'nur_sultan,pavlodar'; SET VARIABLE direction = 'rising';
WITH change AS (
    SELECT region_id,
           max(low) FILTER (period_id = getvariable('before'))   AS before_low,
           max(high) FILTER (period_id = getvariable('before'))  AS before_high,
           max(low) FILTER (period_id = getvariable('after'))    AS after_low,
           max(high) FILTER (period_id = getvariable('after'))   AS after_high,
           list(observation_id ORDER BY observation_id)          AS observation_ids
    FROM   observations
           JOIN observation_intervals USING (observation_id)
    WHERE  preferred AND group_id IS NULL AND category_id IS NULL AND indicator_id = getvariable('indicator')
           AND period_id IN (getvariable('before'), getvariable('after'))
           AND list_contains(string_split(getvariable('regions'), ','), region_id)
    GROUP  BY region_id
)
SELECT count(*) FILTER (CASE WHEN getvariable('direction') = 'falling' THEN after_high < before_low
                             ELSE after_low > before_high END)  AS low,
       count(*) FILTER (CASE WHEN getvariable('direction') = 'falling' THEN after_low < before_high
                             ELSE after_high > before_low END)  AS high,
       flatten(list(observation_ids ORDER BY region_id))        AS observation_ids
FROM   change;
