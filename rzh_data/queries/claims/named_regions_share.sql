-- What percent of all regions the named ones are; with left_out = 'true' those that are not named.
-- Grain: one row; low = high. `regions` separated by commas.
-- By hand: SET VARIABLE regions = 'zhambyl,kyzylorda';
WITH named AS (
    SELECT count(*) FILTER (list_contains(string_split(getvariable('regions'), ','), region_id))  AS named_count,
           count(*)                                                                               AS region_count
    FROM   regions
    WHERE  kind <> 'country'
)
SELECT 100 * CASE WHEN getvariable('left_out') = 'true' THEN region_count - named_count ELSE named_count END / region_count  AS low,
       100 * CASE WHEN getvariable('left_out') = 'true' THEN region_count - named_count ELSE named_count END / region_count  AS high,
       []::VARCHAR[]                                                                                                        AS observation_ids
FROM   named;
