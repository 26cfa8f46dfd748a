-- What percent of a whole some figures are; both are sums of single figures.
-- Grain: one row. `part` and `whole` are lists of observation ids separated by commas.
-- By hand: SET VARIABLE part = 'tugan_zher_patrons:kazakhstan:2017/2019-9m'; SET VARIABLE whole = 'tugan_zher_patrons:kazakhstan:2017/2019-9m';
WITH side AS (
    SELECT sum(low) FILTER (list_contains(string_split(getvariable('part'), ','), observation_id))    AS part_low,
           sum(high) FILTER (list_contains(string_split(getvariable('part'), ','), observation_id))   AS part_high,
           sum(low) FILTER (list_contains(string_split(getvariable('whole'), ','), observation_id))   AS whole_low,
           sum(high) FILTER (list_contains(string_split(getvariable('whole'), ','), observation_id))  AS whole_high,
           list(observation_id ORDER BY observation_id)                                               AS observation_ids
    FROM   observation_intervals
    WHERE  list_contains(string_split(getvariable('part') || ',' || getvariable('whole'), ','), observation_id)
)
SELECT 100 * part_low / whole_high  AS low,
       100 * part_high / whole_low  AS high,
       observation_ids
FROM   side;
