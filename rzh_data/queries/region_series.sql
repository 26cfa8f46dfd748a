-- One indicator over all regions and periods in the chosen basis and prices: what class breaks and small maps stand on.
-- Grain: one row per region (and the country) and period that has a value.
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE per = 'month';
FROM (
    SELECT region_id, period_id,
           CASE coalesce(getvariable('per'), 'total')
                WHEN 'capita' THEN CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_inhabitant ELSE value_per_inhabitant END
                WHEN 'month' THEN CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_month ELSE value_per_month END
                ELSE CASE getvariable('prices') WHEN 'constant' THEN value_constant ELSE value END
           END AS value,
           qualifier, months, is_computed OR coalesce(getvariable('per'), 'total') <> 'total'
                OR coalesce(getvariable('prices'), 'nominal') <> 'nominal' AS is_computed, observation_ids
    FROM   region_values
    WHERE  indicator_id = getvariable('indicator')
)
WHERE  value IS NOT NULL  -- an indicator may lack a basis: a span without its periods has no inhabitants
ORDER  BY period_id, region_id;
