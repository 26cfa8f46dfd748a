-- Periods that follow one another give the printed total of the span they fill, wherever a document prints both, and
-- never exceed it where they fill a part of it. A region that was none yet when a period began (Shymkent before 2019)
-- needs no value of it. A period inside another one of the same figure (nine months beside the year) does not count twice.
WITH part AS (
    SELECT indicator_id, region_id, group_id, category_id, value, period_id, periods.start, periods."end", periods.months
    FROM   observations
           JOIN indicators USING (indicator_id)
           JOIN periods USING (period_id)
    WHERE  aggregation = 'sum' AND preferred AND value IS NOT NULL AND periods.kind IN ('year', 'part_of_year')
),
outermost AS (
    FROM   part
    WHERE  NOT EXISTS (SELECT 1
                       FROM   part AS wider
                       WHERE  wider.indicator_id = part.indicator_id AND wider.region_id = part.region_id
                              AND wider.group_id IS NOT DISTINCT FROM part.group_id
                              AND wider.category_id IS NOT DISTINCT FROM part.category_id
                              AND wider.start <= part.start AND wider."end" >= part."end" AND wider.months > part.months)
),
not_yet AS (  -- regions that were none when a period began
    SELECT DISTINCT regions.region_id, periods.period_id
    FROM   periods
           JOIN boundary_vintages ON periods.start BETWEEN coalesce(valid_from, periods.start)
                                                       AND coalesce(valid_to, periods.start)
           CROSS JOIN regions
    WHERE  regions.kind <> 'country'
           AND NOT EXISTS (SELECT 1 FROM boundary_units
                           WHERE  boundary_units.boundary_vintage_id = boundary_vintages.boundary_vintage_id
                                  AND boundary_units.unit_id = regions.region_id)
),
before_it AS (  -- months for which others have a value of the indicator, and the region could have none
    SELECT indicator_id, not_yet.region_id, span.period_id, sum(printed_by_others.months) AS months
    FROM   (SELECT DISTINCT indicator_id, period_id, start, "end", months FROM outermost) AS printed_by_others
           JOIN not_yet USING (period_id)
           JOIN periods AS span ON span.kind = 'span' AND printed_by_others.start >= span.start
                               AND printed_by_others."end" <= span."end"
           ANTI JOIN part ON part.indicator_id = printed_by_others.indicator_id AND part.region_id = not_yet.region_id
                         AND part.period_id = printed_by_others.period_id
    GROUP  BY ALL
),
compared AS (
    SELECT printed.observation_id, printed.value, span.months AS span_months, sum(inside.value) AS total,
           sum(inside.months) + coalesce(max(before_it.months), 0) AS months
    FROM   observations AS printed
           JOIN periods AS span ON span.period_id = printed.period_id
           JOIN outermost AS inside ON inside.indicator_id = printed.indicator_id
                                   AND inside.region_id = printed.region_id
                                   AND inside.group_id IS NOT DISTINCT FROM printed.group_id
                                   AND inside.category_id IS NOT DISTINCT FROM printed.category_id
                                   AND inside.start >= span.start AND inside."end" <= span."end"
           LEFT JOIN before_it ON before_it.indicator_id = printed.indicator_id
                              AND before_it.region_id = printed.region_id AND before_it.period_id = span.period_id
    WHERE  span.kind = 'span' AND printed.preferred AND printed.qualifier = '='
    GROUP  BY ALL
)
SELECT observation_id,
       'printed total ' || value || ' is not the sum of its periods, ' || total AS message,
       value AS given, total AS expected
FROM   compared
WHERE  total > value OR (months = span_months AND total <> value);
