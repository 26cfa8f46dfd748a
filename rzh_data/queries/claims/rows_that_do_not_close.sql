-- In how many regions the single periods do not give the total that the document prints for the whole span.
-- Grain: one row; low = high, a count. `periods` separated by commas.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE span = '2017/2019-9m'; SET VARIABLE periods = '2017,2018,2019-9m';
WITH row_of_table AS (
    SELECT region_id,
           sum(low)  FILTER (period_id <> getvariable('span'))  AS low,
           sum(high) FILTER (period_id <> getvariable('span'))  AS high,
           max(low)  FILTER (period_id = getvariable('span'))   AS printed_low,
           max(high) FILTER (period_id = getvariable('span'))   AS printed_high,
           list(observation_id ORDER BY observation_id)         AS observation_ids
    FROM   observations
           JOIN observation_intervals USING (observation_id)
    WHERE  preferred AND region_id <> 'kazakhstan' AND group_id IS NULL AND category_id IS NULL
           AND indicator_id = getvariable('indicator')
           AND (period_id = getvariable('span') OR list_contains(string_split(getvariable('periods'), ','), period_id))
    GROUP  BY region_id
)
SELECT count(*) FILTER (low > printed_high OR high < printed_low OR low IS NULL OR printed_low IS NULL)  AS low,
       count(*) FILTER (low > printed_high OR high < printed_low OR low IS NULL OR printed_low IS NULL)  AS high,
       flatten(list(observation_ids ORDER BY region_id))                                                 AS observation_ids
FROM   row_of_table;
