-- By how many percent one figure exceeds another: 130 % of a plan exceeds it by 30 %.
-- Grain: one row. `as_printed` = 'true' takes the printed number even where the document says "more than".
-- By hand: SET VARIABLE figure = 'tugan_zher_events_held:kazakhstan:2017/2019-9m'; SET VARIABLE base = 'tugan_zher_events_planned:kazakhstan:2017/2019-9m'; SET VARIABLE as_printed = 'true';
WITH figure AS (
    SELECT observation_id,
           CASE WHEN getvariable('as_printed') = 'true' THEN value ELSE low END   AS low,
           CASE WHEN getvariable('as_printed') = 'true' THEN value ELSE high END  AS high
    FROM   observations
           JOIN observation_intervals USING (observation_id)
    WHERE  observation_id IN (getvariable('figure'), getvariable('base'))
)
SELECT 100 * max(low) FILTER (observation_id = getvariable('figure'))
           / max(high) FILTER (observation_id = getvariable('base')) - 100  AS low,
       100 * max(high) FILTER (observation_id = getvariable('figure'))
           / max(low) FILTER (observation_id = getvariable('base')) - 100   AS high,
       list(observation_id ORDER BY observation_id)                         AS observation_ids
FROM   figure;
