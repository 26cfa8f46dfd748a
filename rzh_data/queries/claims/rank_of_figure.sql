-- Which place a figure takes among others that are printed; 1 is the highest, or the lowest with side = 'lowest'.
-- Grain: one row; low to high where rounding leaves the place undecided. `among` holds the figure itself too.
-- By hand: SET VARIABLE figure = 'awareness_share:kazakhstan:2020::never_heard'; SET VARIABLE among = 'awareness_share:kazakhstan:2020::never_heard,awareness_share:kazakhstan:2020::knows_well';
WITH figure AS (
    SELECT observation_id, low, high
    FROM   observation_intervals
    WHERE  list_contains(string_split(getvariable('among'), ','), observation_id)
),
own AS (SELECT low, high FROM figure WHERE observation_id = getvariable('figure'))
SELECT CASE WHEN max(own.low) IS NOT NULL THEN 1 + count(*) FILTER (
           CASE WHEN getvariable('side') = 'lowest' THEN figure.high < own.low ELSE figure.low > own.high END) END  AS low,
       CASE WHEN max(own.low) IS NOT NULL THEN 1 + count(*) FILTER (observation_id <> getvariable('figure') AND
           CASE WHEN getvariable('side') = 'lowest' THEN figure.low < own.high ELSE figure.high > own.low END) END  AS high,
       list(observation_id ORDER BY observation_id)                                                                  AS observation_ids
FROM   figure
       LEFT JOIN own ON true;
