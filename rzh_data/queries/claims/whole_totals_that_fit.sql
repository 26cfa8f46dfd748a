-- How many whole numbers can be the total of which a printed count is a printed share; none would mean that one is wrong.
-- Grain: one row; low = high.
-- By hand: SET VARIABLE part = 'principle_events:west_kazakhstan:2020::event_communication'; SET VARIABLE share = 'principle_events_share:west_kazakhstan:2020::event_communication';
WITH figure AS (
    SELECT max(low) FILTER (observation_id = getvariable('part'))    AS part_low,
           max(high) FILTER (observation_id = getvariable('part'))   AS part_high,
           max(low) FILTER (observation_id = getvariable('share'))   AS share_low,
           max(high) FILTER (observation_id = getvariable('share'))  AS share_high,
           list(observation_id ORDER BY observation_id)              AS observation_ids
    FROM   observation_intervals
    WHERE  observation_id IN (getvariable('part'), getvariable('share'))
)
SELECT floor(100 * part_high / share_low) - ceil(100 * part_low / share_high) + 1  AS low,
       floor(100 * part_high / share_low) - ceil(100 * part_low / share_high) + 1  AS high,
       observation_ids
FROM   figure;
