-- Exactly one variant of a figure is preferred: pages show that one and name the others.
SELECT min(observation_id) AS observation_id,
       'has ' || count(*) FILTER (WHERE preferred) || ' preferred variants; exactly one is expected' AS message,
       count(*) FILTER (WHERE preferred) AS given, 1 AS expected
FROM   observations
GROUP  BY indicator_id, region_id, period_id, group_id, category_id
HAVING count(*) FILTER (WHERE preferred) <> 1;
