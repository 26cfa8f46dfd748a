-- What those have on average whose figures are not printed: the whole less what is printed, over their number.
-- Grain: one row. `whole` and `listed` are observation ids separated by commas, or `whole_value` a number (100 percent).
-- By hand: SET VARIABLE whole_value = '100'; SET VARIABLE listed = 'tugan_zher_events_share:almaty_region:2017/2019-9m'; SET VARIABLE rest_count = '16';
WITH figure AS (
    SELECT observation_id, low, high,
           coalesce(list_contains(string_split(getvariable('whole'), ','), observation_id), false)  AS is_whole
    FROM   observation_intervals
    WHERE  list_contains(string_split(getvariable('listed'), ','), observation_id)
           OR list_contains(string_split(getvariable('whole'), ','), observation_id)
),
side AS (
    SELECT coalesce(sum(low) FILTER (is_whole), getvariable('whole_value')::DECIMAL(38,6))   AS whole_low,
           coalesce(sum(high) FILTER (is_whole), getvariable('whole_value')::DECIMAL(38,6))  AS whole_high,
           sum(low) FILTER (NOT is_whole)                                                    AS listed_low,
           sum(high) FILTER (NOT is_whole)                                                   AS listed_high,
           list(observation_id ORDER BY observation_id)                                      AS observation_ids
    FROM   figure
)
SELECT (whole_low - listed_high) / getvariable('rest_count')::INTEGER  AS low,
       (whole_high - listed_low) / getvariable('rest_count')::INTEGER  AS high,
       observation_ids
FROM   side;
