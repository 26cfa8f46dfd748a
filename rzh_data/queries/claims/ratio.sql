-- How many times one figure is another: growth, fall, fulfilment of a plan (factor 100 makes it percent).
-- Grain: one row. `as_printed` = 'true' takes the printed number even where the document says "more than".
-- By hand: SET VARIABLE numerator = 'tugan_zher_sponsors:pavlodar:2018'; SET VARIABLE denominator = 'tugan_zher_sponsors:pavlodar:2017';
WITH figure AS (
    SELECT observation_id,
           CASE WHEN getvariable('as_printed') = 'true' THEN value ELSE low END   AS low,
           CASE WHEN getvariable('as_printed') = 'true' THEN value ELSE high END  AS high
    FROM   observations
           JOIN observation_intervals USING (observation_id)
    WHERE  observation_id IN (getvariable('numerator'), getvariable('denominator'))
)
SELECT coalesce(getvariable('factor')::INTEGER, 1) * max(low) FILTER (observation_id = getvariable('numerator'))
           / max(high) FILTER (observation_id = getvariable('denominator'))  AS low,
       coalesce(getvariable('factor')::INTEGER, 1) * max(high) FILTER (observation_id = getvariable('numerator'))
           / max(low) FILTER (observation_id = getvariable('denominator'))   AS high,
       list(observation_id ORDER BY observation_id)                          AS observation_ids
FROM   figure;
