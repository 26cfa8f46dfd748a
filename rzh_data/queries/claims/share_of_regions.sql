-- What percent of the sum over all regions falls to some regions, or to one period of a longer span.
-- Grain: one row. Unset `regions` = all of them; unset `span` = the same period. Printed totals take no part.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE period = '2017/2019-9m'; SET VARIABLE regions = 'turkestan';
WITH figure AS (
    SELECT low, high, observation_id,
           period_id = getvariable('period')
           AND coalesce(list_contains(string_split(getvariable('regions'), ','), region_id), true)  AS is_part,
           period_id = coalesce(getvariable('span'), getvariable('period'))                         AS is_whole
    FROM   observations
           JOIN observation_intervals USING (observation_id)
    WHERE  preferred AND region_id <> 'kazakhstan' AND group_id IS NULL AND category_id IS NULL
           AND indicator_id = getvariable('indicator')
)
SELECT 100 * sum(low) FILTER (is_part) / sum(high) FILTER (is_whole)                      AS low,
       100 * sum(high) FILTER (is_part) / sum(low) FILTER (is_whole)                      AS high,
       list(observation_id ORDER BY observation_id) FILTER (is_part OR is_whole)          AS observation_ids
FROM   figure;
