-- In how many steps the sums over all regions do not go the way the document says; none, when it is right.
-- Grain: one row; low = surely against, high = possibly. `periods` in the document's order, separated by commas;
-- direction = 'rising' or 'falling'; per_month = 'true' divides by the months of the period.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE periods = '2017,2018,2019-9m'; SET VARIABLE direction = 'falling';
WITH period_sum AS (
    SELECT period_id, list_position(string_split(getvariable('periods'), ','), period_id)             AS position,
           sum(low) / CASE WHEN getvariable('per_month') = 'true' THEN max(months) ELSE 1 END         AS low,
           sum(high) / CASE WHEN getvariable('per_month') = 'true' THEN max(months) ELSE 1 END        AS high,
           list(observation_id ORDER BY observation_id)                                               AS observation_ids
    FROM   observations
           JOIN observation_intervals USING (observation_id)
           JOIN periods USING (period_id)
    WHERE  preferred AND region_id <> 'kazakhstan' AND group_id IS NULL AND category_id IS NULL
           AND indicator_id = getvariable('indicator')
           AND list_contains(string_split(getvariable('periods'), ','), period_id)
    GROUP  BY period_id
),
directed AS (
    SELECT position, observation_ids,
           CASE WHEN getvariable('direction') = 'falling' THEN -high ELSE low END  AS low,
           CASE WHEN getvariable('direction') = 'falling' THEN -low ELSE high END  AS high
    FROM   period_sum
),
paired AS (
    SELECT position, observation_ids, low, high,
           lag(low) OVER (ORDER BY position)   AS before_low,
           lag(high) OVER (ORDER BY position)  AS before_high
    FROM   directed
)
SELECT count(*) FILTER (high <= before_low)               AS low,
       count(*) FILTER (low <= before_high)               AS high,
       flatten(list(observation_ids ORDER BY position))   AS observation_ids
FROM   paired;
