-- Every indicator over regions and periods, as printed or computed: in total, per inhabitant, per month, in constant prices.
-- Grain: one row per indicator, region (or the country) and period that has a value; what no document prints has no row.
-- A computed indicator is the sum or the ratio of its operands, and has a value only where every operand has one.
-- The country's value is the printed one; where none is printed and the indicator may be added, the sum of its regions.
-- Per inhabitant: each period's own population on 1 January, in the boundaries the period is drawn with (2017: Turkestan
-- with Shymkent). Per month: months of the periods that have a value. Constant prices: average consumer prices of 2017.
-- A span (2 years 9 months) keeps its printed total and adds up its periods for everything that is computed.
-- Built once a version; the screen only looks rows up.
WITH asked AS (
    SELECT indicator_id, aggregation, derivation, unit = 'KZT' AS is_money,
           string_split(coalesce(operands, indicator_id), ';') AS operand_ids
    FROM   indicators
),
operand AS (
    SELECT asked.indicator_id, indicators.indicator_id AS operand_id, indicators.aggregation = 'sum' AS is_additive,
           list_position(asked.operand_ids, indicators.indicator_id) AS position
    FROM   asked
           JOIN indicators ON list_contains(asked.operand_ids, indicators.indicator_id)
),
printed AS (
    SELECT operand.indicator_id, position, region_id, period_id, value, qualifier, is_additive,
           [observation_id] AS observation_ids, false AS is_computed
    FROM   observations
           JOIN operand ON operand.operand_id = observations.indicator_id
    WHERE  preferred AND group_id IS NULL AND category_id IS NULL AND value IS NOT NULL
),
there_were AS (  -- regions when a period began; Shymkent came later
    SELECT period_id, least(max(unit_count), (SELECT count(*) FROM regions WHERE kind <> 'country')) AS region_count
    FROM   periods
           JOIN boundary_vintages ON periods.start BETWEEN coalesce(valid_from, periods.start)
                                                       AND coalesce(valid_to, periods.start)
    GROUP  BY period_id
),
country AS (
    SELECT indicator_id, position, 'kazakhstan' AS region_id, period_id, sum(value) AS value,
           CASE WHEN bool_or(qualifier <> '=') THEN '~' ELSE '=' END AS qualifier, true AS is_additive,
           list(observation_ids[1] ORDER BY observation_ids[1]) AS observation_ids, true AS is_computed
    FROM   printed
           JOIN there_were USING (period_id)
    WHERE  is_additive AND region_id <> 'kazakhstan'
    GROUP  BY indicator_id, position, period_id
    HAVING count(*) >= max(there_were.region_count)  -- a sum over some of the regions is nobody's figure
       AND NOT EXISTS (SELECT 1 FROM printed AS total
                       WHERE  total.region_id = 'kazakhstan' AND total.indicator_id = printed.indicator_id
                              AND total.position = printed.position AND total.period_id = printed.period_id)
),
known AS (FROM printed UNION ALL FROM country),
unit AS (  -- the regions that a region's figure of a vintage speaks of
    SELECT boundary_vintage_id, unnest(string_split(region_ids, ';')) AS region_id, string_split(region_ids, ';') AS parts
    FROM   boundary_units
    WHERE  boundary_vintage_id <> '20'
    UNION ALL
    SELECT DISTINCT boundary_vintage_id, 'kazakhstan', ['kazakhstan'] FROM boundary_units
),
inhabitants AS (
    SELECT periods.period_id, unit.region_id, sum(population) AS population
    FROM   periods
           JOIN unit ON unit.boundary_vintage_id = periods.boundary_vintage_id
           JOIN population ON list_contains(unit.parts, population.region_id)
                          AND population.year = periods.population_year
    GROUP  BY periods.period_id, unit.region_id
    HAVING count(*) = max(len(unit.parts))  -- Turkestan with Shymkent needs both
),
price_index AS (  -- 1 in 2017; a part of a year takes the average of its year; a year without prices breaks the chain
    SELECT year,
           CASE WHEN count(*) OVER (ORDER BY year) = year - 2016
                THEN product(CASE WHEN year = 2017 THEN 1 ELSE annual_average_percent / 100 END) OVER (ORDER BY year)
                END AS price_index
    FROM   consumer_prices
    WHERE  year >= 2017
),
part AS (  -- figures of single periods with their bases
    SELECT known.indicator_id, position, region_id, period_id, value, periods.start, periods."end", periods.months,
           inhabitants.population, value / price_index AS value_constant
    FROM   known
           JOIN periods USING (period_id)
           LEFT JOIN inhabitants USING (period_id, region_id)
           LEFT JOIN price_index ON price_index.year = extract(year FROM periods.start)
    WHERE  periods.kind <> 'span'
),
span_base AS (  -- where one period lacks its base, so does the span; nine months within their year do not count twice
    SELECT part.indicator_id, position, region_id, span.period_id, sum(part.months) AS months,
           CASE WHEN count(population) = count(*) THEN sum(value / population) END AS value_per_inhabitant,
           CASE WHEN count(value_constant) = count(*) THEN sum(value_constant) END AS value_constant,
           CASE WHEN count(value_constant / population) = count(*)
                THEN sum(value_constant / population) END AS value_constant_per_inhabitant
    FROM   part
           JOIN periods AS span ON span.kind = 'span' AND part.start >= span.start AND part."end" <= span."end"
    WHERE  NOT EXISTS (SELECT 1
                       FROM   part AS wider
                       WHERE  wider.indicator_id = part.indicator_id AND wider.position = part.position
                              AND wider.region_id = part.region_id AND wider.months > part.months
                              AND wider.start <= part.start AND wider."end" >= part."end" AND wider."end" <= span."end"
                              AND wider.start >= span.start)
    GROUP  BY ALL
),
measured AS (
    SELECT known.*,
           coalesce(part.months, span_base.months, periods.months) AS months,
           part.population,
           coalesce(part.value / part.population, span_base.value_per_inhabitant) AS value_per_inhabitant,
           coalesce(part.value_constant, span_base.value_constant) AS value_constant,
           coalesce(part.value_constant / part.population, span_base.value_constant_per_inhabitant)
               AS value_constant_per_inhabitant
    FROM   known
           JOIN periods USING (period_id)
           LEFT JOIN part USING (indicator_id, position, region_id, period_id)
           LEFT JOIN span_base USING (indicator_id, position, region_id, period_id)
)
SELECT asked.indicator_id, region_id, period_id,
       CASE WHEN derivation = 'ratio' THEN max(value) FILTER (position = 1) / max(value) FILTER (position = 2)
            ELSE sum(value) END::DOUBLE AS value,
       CASE WHEN asked.aggregation = 'sum' THEN sum(value_per_inhabitant) END::DOUBLE AS value_per_inhabitant,
       CASE WHEN asked.aggregation = 'sum' THEN sum(value / months) END::DOUBLE AS value_per_month,
       CASE WHEN is_money THEN sum(value_constant) END::DOUBLE AS value_constant,
       CASE WHEN is_money THEN sum(value_constant_per_inhabitant) END::DOUBLE AS value_constant_per_inhabitant,
       CASE WHEN is_money THEN sum(value_constant / months) END::DOUBLE AS value_constant_per_month,
       max(months)::INTEGER AS months,
       max(population)::BIGINT AS population,
       CASE WHEN bool_or(qualifier <> '=') THEN max(qualifier) FILTER (qualifier <> '=') ELSE '=' END AS qualifier,
       bool_or(is_computed) OR max(derivation) IS NOT NULL AS is_computed,
       flatten(list(observation_ids ORDER BY position)) AS observation_ids
FROM   asked
       JOIN measured USING (indicator_id)
GROUP  BY asked.indicator_id, asked.aggregation, asked.derivation, asked.is_money, region_id, period_id
HAVING count(DISTINCT position) = max(len(asked.operand_ids))
ORDER  BY asked.indicator_id, period_id, region_id;
