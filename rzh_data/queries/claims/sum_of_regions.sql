-- What the single regions give together for one indicator and period; the printed total takes no part.
-- Grain: one row.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE period = '2017/2019-9m';
SELECT CASE WHEN count(low) = count(*) THEN sum(low) END    AS low,
       CASE WHEN count(high) = count(*) THEN sum(high) END  AS high,
       list(observation_id ORDER BY observation_id)         AS observation_ids
FROM   observations
       JOIN observation_intervals USING (observation_id)
WHERE  preferred AND region_id <> 'kazakhstan' AND group_id IS NULL AND category_id IS NULL
       AND indicator_id = getvariable('indicator') AND period_id = getvariable('period');
