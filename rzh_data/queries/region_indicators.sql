-- Indicators by which one region can be placed among others: it has a value in a period in which another region has one.
-- Grain: one row per indicator, in the order of the map's picker, then those the map does not offer.
-- Unset principles = every indicator. By hand: SET VARIABLE region = 'pavlodar';
SELECT indicator_id, topic, unit, aggregation, decimals, derivation,
       indicators.name_kk, indicators.name_ru, indicators.name_en
FROM   indicators
WHERE  indicator_id IN (
           SELECT own.indicator_id
           FROM   region_values AS own
                  JOIN region_values AS other ON other.indicator_id = own.indicator_id AND other.period_id = own.period_id
                                             AND other.region_id NOT IN (own.region_id, 'kazakhstan')
           WHERE  own.region_id = getvariable('region'))
       AND (getvariable('principles') IS NULL
            OR list_contains(getvariable('principles'), indicators.principle_id)
            OR EXISTS (SELECT 1 FROM project_principles
                       WHERE  project_principles.project_id = indicators.project_id
                              AND list_contains(getvariable('principles'), project_principles.principle_id)))
ORDER  BY on_map NULLS LAST, topic, indicator_id;
