-- How far two indicators order the regions alike, over the regions that have both: 1 alike, 0 unrelated, -1 contrary.
-- Grain: one row; low = high, Spearman's coefficient (the figures rank as printed).
-- By hand: SET VARIABLE first = 'tugan_zher_patrons_share'; SET VARIABLE second = 'tugan_zher_sponsors'; SET VARIABLE period = '2017/2019-9m';
WITH figure AS (
    SELECT region_id,
           max(value) FILTER (indicator_id = getvariable('first'))   AS first_value,
           max(value) FILTER (indicator_id = getvariable('second'))  AS second_value,
           list(observation_id ORDER BY observation_id)              AS observation_ids
    FROM   observations
    WHERE  preferred AND region_id <> 'kazakhstan' AND group_id IS NULL AND category_id IS NULL
           AND period_id = getvariable('period') AND indicator_id IN (getvariable('first'), getvariable('second'))
    GROUP  BY region_id
    HAVING count(DISTINCT indicator_id) = 2
),
ranked AS (
    SELECT region_id, observation_ids,
           rank() OVER (ORDER BY first_value)   AS first_rank,
           rank() OVER (ORDER BY second_value)  AS second_rank
    FROM   figure
)
SELECT corr(first_rank, second_rank)                      AS low,
       corr(first_rank, second_rank)                      AS high,
       flatten(list(observation_ids ORDER BY region_id))  AS observation_ids
FROM   ranked;
