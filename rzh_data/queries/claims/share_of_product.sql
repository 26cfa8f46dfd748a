-- What percent of a printed sum a product is: a share of the product per inhabitant, times the inhabitants of 1 January.
-- Grain: one row. Population is the reference figure, not the documents'.
-- By hand: SET VARIABLE share = 'investment_grp_share:west_kazakhstan:2018'; SET VARIABLE per_inhabitant = 'grp_per_capita:west_kazakhstan:2018'; SET VARIABLE whole = 'fixed_investment:west_kazakhstan:2016/2018'; SET VARIABLE region = 'west_kazakhstan'; SET VARIABLE year = '2018';
WITH figure AS (
    SELECT max(low) FILTER (observation_id = getvariable('share'))            AS share_low,
           max(high) FILTER (observation_id = getvariable('share'))           AS share_high,
           max(low) FILTER (observation_id = getvariable('per_inhabitant'))   AS value_low,
           max(high) FILTER (observation_id = getvariable('per_inhabitant'))  AS value_high,
           max(low) FILTER (observation_id = getvariable('whole'))            AS whole_low,
           max(high) FILTER (observation_id = getvariable('whole'))           AS whole_high,
           list(observation_id ORDER BY observation_id)                       AS observation_ids
    FROM   observation_intervals
    WHERE  observation_id IN (getvariable('share'), getvariable('per_inhabitant'), getvariable('whole'))
),
inhabitants AS (
    SELECT max(population)::DOUBLE AS population
    FROM   population
    WHERE  region_id = getvariable('region') AND year = getvariable('year')::INTEGER
)
SELECT share_low::DOUBLE * value_low * population / whole_high   AS low,
       share_high::DOUBLE * value_high * population / whole_low  AS high,
       observation_ids
FROM   figure, inhabitants;
