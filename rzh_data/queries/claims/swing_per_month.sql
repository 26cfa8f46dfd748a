-- How many times the best period of a region exceeds its worst, each taken per month: nine months are not held against twelve.
-- Grain: one row. `periods` separated by commas.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE region = 'pavlodar'; SET VARIABLE periods = '2017,2018,2019-9m';
SELECT max(low / months) / min(high / months)        AS low,
       max(high / months) / min(low / months)        AS high,
       list(observation_id ORDER BY periods.start)   AS observation_ids
FROM   observations
       JOIN observation_intervals USING (observation_id)
       JOIN periods USING (period_id)
WHERE  preferred AND group_id IS NULL AND category_id IS NULL AND indicator_id = getvariable('indicator')
       AND region_id = getvariable('region') AND list_contains(string_split(getvariable('periods'), ','), period_id);
