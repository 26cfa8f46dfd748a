-- In how many steps a row of figures does not go the way the document says it goes; none, when it is right.
-- Grain: one row; low counts the steps that surely break the order, high those that rounding might hide.
-- `figures` in the document's order, separated by commas; direction = 'rising' or 'falling'.
-- By hand: SET VARIABLE figures = 'hundred_names_winners:kazakhstan:2017,hundred_names_winners:kazakhstan:2018'; SET VARIABLE direction = 'falling';
WITH figure AS (
    SELECT observation_id, list_position(string_split(getvariable('figures'), ','), observation_id)  AS position,
           CASE WHEN getvariable('direction') = 'falling' THEN -high ELSE low END                    AS low,
           CASE WHEN getvariable('direction') = 'falling' THEN -low ELSE high END                    AS high
    FROM   observation_intervals
    WHERE  list_contains(string_split(getvariable('figures'), ','), observation_id)
),
paired AS (
    SELECT observation_id, position, low, high,
           lag(low) OVER (ORDER BY position)   AS before_low,
           lag(high) OVER (ORDER BY position)  AS before_high
    FROM   figure
)
SELECT count(*) FILTER (high <= before_low)        AS low,
       count(*) FILTER (low <= before_high)        AS high,
       list(observation_id ORDER BY position)      AS observation_ids
FROM   paired;
