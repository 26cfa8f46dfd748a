-- A share of a whole lies between 0 and 100 percent. Indicators named `…_share` are shares; growth may exceed 100.
SELECT observation_id,
       'share ' || value || ' is out of range; 0 to 100 percent is expected' AS message,
       value AS given, '0–100' AS expected
FROM   observations
WHERE  indicator_id LIKE '%\_share' ESCAPE '\'
       AND (value < 0 OR value > 100);
