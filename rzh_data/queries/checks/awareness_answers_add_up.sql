-- The three answers of the 2020 survey are all of the answers: together they are 100 percent, to the rounding of three.
SELECT min(observation_id) AS observation_id,
       'the answers add up to ' || sum(value) || ' percent; 100 is expected' AS message
FROM   observations
WHERE  indicator_id = 'awareness_share' AND region_id = 'kazakhstan' AND group_id IS NULL AND preferred
HAVING abs(sum(value) - 100) > 0.15;
