-- Everything the documents' funding tables say of each region in one period, side by side.
-- Grain: one row per region that has a figure of either source. Leverage = sponsors' money for each tenge of budget.
-- By hand: SET VARIABLE period = '2018'; SET VARIABLE prices = 'constant';
WITH source AS (
    SELECT region_id, indicator_id, observation_ids, population, months,
           CASE getvariable('prices') WHEN 'constant' THEN value_constant ELSE value END AS amount,
           CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_inhabitant ELSE value_per_inhabitant END AS per_inhabitant,
           CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_month ELSE value_per_month END AS per_month
    FROM   region_values
    WHERE  indicator_id IN ('tugan_zher_local_budget', 'tugan_zher_sponsors')
           AND period_id = getvariable('period')
           AND (region_id = 'kazakhstan' OR coalesce(list_contains(getvariable('regions'), region_id), true))
),
wide AS (
    SELECT region_id,
           max(amount) FILTER (indicator_id = 'tugan_zher_local_budget') AS budget,
           max(amount) FILTER (indicator_id = 'tugan_zher_sponsors') AS sponsors,
           CASE WHEN count(amount) = 2 THEN sum(amount) END AS total,  -- one source alone is not all the money
           CASE WHEN count(per_inhabitant) = 2 THEN sum(per_inhabitant) END AS per_inhabitant,
           CASE WHEN count(per_month) = 2 THEN sum(per_month) END AS per_month,
           max(months) AS months,
           max(per_inhabitant) FILTER (indicator_id = 'tugan_zher_local_budget') AS budget_per_inhabitant,
           max(per_inhabitant) FILTER (indicator_id = 'tugan_zher_sponsors') AS sponsors_per_inhabitant,
           flatten(list(observation_ids ORDER BY indicator_id)) AS observation_ids
    FROM   source
    GROUP  BY region_id
)
SELECT wide.region_id, regions.short_kk, regions.short_ru, regions.short_en,
       wide.budget, wide.sponsors, wide.total, wide.per_inhabitant, wide.per_month, wide.months,
       wide.budget_per_inhabitant, wide.sponsors_per_inhabitant,
       100 * wide.total / country.total AS share_of_country,
       wide.sponsors / wide.budget AS leverage,
       true AS is_computed, wide.observation_ids
FROM   wide
       JOIN regions USING (region_id)
       LEFT JOIN wide AS country ON country.region_id = 'kazakhstan'
ORDER  BY wide.region_id = 'kazakhstan', wide.total DESC NULLS LAST, wide.region_id;
