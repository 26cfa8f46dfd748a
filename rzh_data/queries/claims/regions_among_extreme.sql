-- How many of the named regions are among as many highest (or lowest) ones: all of them, when a document names them rightly.
-- Grain: one row; low = high, a count. `regions` separated by commas; side = 'highest' or 'lowest'.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE period = '2017/2019-9m'; SET VARIABLE regions = 'turkestan,almaty_region,kyzylorda,almaty_city';
WITH ranked AS (
    SELECT region_id, observation_id,
           rank() OVER (ORDER BY CASE WHEN getvariable('side') = 'lowest' THEN value ELSE -value END)  AS place
    FROM   observations
    WHERE  preferred AND region_id <> 'kazakhstan' AND group_id IS NULL AND category_id IS NULL
           AND indicator_id = getvariable('indicator') AND period_id = getvariable('period')
)
SELECT count(*) FILTER (list_contains(string_split(getvariable('regions'), ','), region_id)
                        AND place <= len(string_split(getvariable('regions'), ',')))  AS low,
       count(*) FILTER (list_contains(string_split(getvariable('regions'), ','), region_id)
                        AND place <= len(string_split(getvariable('regions'), ',')))  AS high,
       list(observation_id ORDER BY observation_id)                                   AS observation_ids
FROM   ranked;
