-- By how much some figures together exceed others together.
-- Grain: one row. `minuend` and `subtrahend` are lists of observation ids separated by commas.
-- By hand: SET VARIABLE minuend = 'accelerator_projects:kazakhstan:2020::applications'; SET VARIABLE subtrahend = 'accelerator_projects:kazakhstan:2020::selected';
WITH signed AS (
    SELECT observation_id, low AS sum_low, high AS sum_high
    FROM   observation_intervals
    WHERE  list_contains(string_split(getvariable('minuend'), ','), observation_id)
    UNION  ALL
    SELECT observation_id, -high, -low
    FROM   observation_intervals
    WHERE  list_contains(string_split(getvariable('subtrahend'), ','), observation_id)
)
SELECT CASE WHEN count(sum_low) = count(*) THEN sum(sum_low) END    AS low,
       CASE WHEN count(sum_high) = count(*) THEN sum(sum_high) END  AS high,
       list(observation_id ORDER BY observation_id)                 AS observation_ids
FROM   signed;
