-- Money of «Туған жер» over the chosen regions together, by period and source of money, to the tenge.
-- Grain: one row per single period and source. Per inhabitant: the regions' money over the regions' inhabitants.
-- Unset regions = the whole country. A region is counted once, although the project serves two principles. A period of
-- which one source only is known has no row: a stack of one would pass for the whole.
-- By hand: SET VARIABLE regions = ['atyrau', 'mangystau'];
WITH chosen AS (
    SELECT *
    FROM   region_values
    WHERE  indicator_id IN ('tugan_zher_local_budget', 'tugan_zher_sponsors')
           AND CASE WHEN getvariable('regions') IS NULL THEN region_id = 'kazakhstan'
                    ELSE list_contains(getvariable('regions'), region_id) END
),
told AS (
SELECT period_id, periods.start, periods.months AS period_months, periods.kind AS period_kind,
       periods.short_kk AS period_kk, periods.short_ru AS period_ru, periods.short_en AS period_en, indicator_id,
       sum(value)::BIGINT AS amount_kzt,
       CASE coalesce(getvariable('per'), 'total')
            WHEN 'capita' THEN CASE WHEN count(population) = count(*)
                                    THEN sum(CASE getvariable('prices') WHEN 'constant' THEN value_constant ELSE value END)
                                         / sum(population) END
            WHEN 'month' THEN sum(CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_month ELSE value_per_month END)
            ELSE sum(CASE getvariable('prices') WHEN 'constant' THEN value_constant ELSE value END)
       END AS value,
       bool_or(is_computed) OR count(*) > 1 OR coalesce(getvariable('per'), 'total') <> 'total'
            OR coalesce(getvariable('prices'), 'nominal') <> 'nominal' AS is_computed,
       flatten(list(observation_ids ORDER BY region_id)) AS observation_ids
FROM   chosen
       JOIN periods USING (period_id)
WHERE  periods.kind <> 'span'
GROUP  BY period_id, periods.months, periods.kind, periods.start, periods.short_kk, periods.short_ru, periods.short_en, indicator_id
)
SELECT * EXCLUDE (start)
FROM   told
WHERE  period_id IN (SELECT period_id FROM told WHERE value IS NOT NULL GROUP BY period_id HAVING count(*) = 2)
ORDER  BY start, indicator_id;
