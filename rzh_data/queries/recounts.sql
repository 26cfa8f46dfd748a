-- What the documents say of the money and the events of «Туған жер», beside the same computed from their own tables.
-- Grain: one row per statement. `unit_of_last_digit` is the rounding of the printed figure (16,2 % -> 0.1).
-- verdict: agrees (the recount rounds to the printed figure), within_rounding (off by less than one unit of the last
-- printed digit, as when digits were cut off), differs. An open statement ("more than 80 %") agrees where it holds.
WITH statement AS (
    SELECT observation_id, indicator_id, region_id, period_id, variant, value::DOUBLE AS claimed, qualifier,
           power(10.0, -coalesce(length(regexp_extract(coalesce(ru_printed, kk_printed), '\d[.,](\d+)', 1)), 0)) AS unit_of_last_digit
    FROM   observations
    WHERE  indicator_id IN ('tugan_zher_local_budget_share', 'tugan_zher_sponsors_share', 'tugan_zher_sponsors_period_share',
                            'tugan_zher_sponsors_growth_times', 'tugan_zher_sponsors_fall_times',
                            'tugan_zher_sponsors_spending_share', 'tugan_zher_events_fulfilment')
           OR NOT preferred
),
known AS (
    SELECT indicator_id, region_id, period_id, value, observation_ids FROM region_values
),
recount AS (
    SELECT statement.*,
           CASE statement.indicator_id
                WHEN 'tugan_zher_local_budget_share' THEN 100 * own_budget.value / all_budget.value
                WHEN 'tugan_zher_sponsors_share' THEN 100 * own_sponsors.value / all_sponsors.value
                WHEN 'tugan_zher_sponsors_period_share' THEN 100 * own_sponsors.value / span_sponsors.value
                WHEN 'tugan_zher_sponsors_growth_times' THEN own_sponsors.value / before_sponsors.value
                WHEN 'tugan_zher_sponsors_fall_times' THEN before_sponsors.value / own_sponsors.value
                WHEN 'tugan_zher_sponsors_spending_share' THEN 100 * own_sponsors.value / (own_sponsors.value + own_budget.value)
                WHEN 'tugan_zher_events_fulfilment' THEN 100 * held.value / planned.value
                ELSE other.value
           END AS recounted,
           CASE statement.indicator_id
                WHEN 'tugan_zher_local_budget_share' THEN own_budget.observation_ids || all_budget.observation_ids
                WHEN 'tugan_zher_sponsors_share' THEN own_sponsors.observation_ids || all_sponsors.observation_ids
                WHEN 'tugan_zher_sponsors_period_share' THEN own_sponsors.observation_ids || span_sponsors.observation_ids
                WHEN 'tugan_zher_sponsors_growth_times' THEN own_sponsors.observation_ids || before_sponsors.observation_ids
                WHEN 'tugan_zher_sponsors_fall_times' THEN own_sponsors.observation_ids || before_sponsors.observation_ids
                WHEN 'tugan_zher_sponsors_spending_share' THEN own_sponsors.observation_ids || own_budget.observation_ids
                WHEN 'tugan_zher_events_fulfilment' THEN held.observation_ids || planned.observation_ids
                ELSE other.observation_ids
           END AS operand_observation_ids
    FROM   statement
           LEFT JOIN known AS own_budget ON own_budget.indicator_id = 'tugan_zher_local_budget'
                AND own_budget.region_id = statement.region_id AND own_budget.period_id = statement.period_id
           LEFT JOIN known AS all_budget ON all_budget.indicator_id = 'tugan_zher_local_budget'
                AND all_budget.region_id = 'kazakhstan' AND all_budget.period_id = statement.period_id
           LEFT JOIN known AS own_sponsors ON own_sponsors.indicator_id = 'tugan_zher_sponsors'
                AND own_sponsors.region_id = statement.region_id AND own_sponsors.period_id = statement.period_id
           LEFT JOIN known AS all_sponsors ON all_sponsors.indicator_id = 'tugan_zher_sponsors'
                AND all_sponsors.region_id = 'kazakhstan' AND all_sponsors.period_id = statement.period_id
           LEFT JOIN known AS span_sponsors ON span_sponsors.indicator_id = 'tugan_zher_sponsors'
                AND span_sponsors.region_id = statement.region_id AND span_sponsors.period_id = '2017/2019-9m'
           LEFT JOIN known AS before_sponsors ON before_sponsors.indicator_id = 'tugan_zher_sponsors'
                AND before_sponsors.region_id = statement.region_id
                AND before_sponsors.period_id = CASE statement.period_id WHEN '2018' THEN '2017' WHEN '2019-9m' THEN '2018' END
           LEFT JOIN known AS held ON held.indicator_id = 'tugan_zher_events_held'
                AND held.region_id = statement.region_id AND held.period_id = statement.period_id
           LEFT JOIN known AS planned ON planned.indicator_id = 'tugan_zher_events_planned'
                AND planned.region_id = statement.region_id AND planned.period_id = statement.period_id
           LEFT JOIN known AS other ON other.indicator_id = statement.indicator_id
                AND other.region_id = statement.region_id AND other.period_id = statement.period_id
),
judged AS (
    SELECT *,
           CASE WHEN qualifier IN ('>', '>=') THEN 0
                WHEN qualifier IN ('<', '<=') THEN 0
                ELSE unit_of_last_digit END AS tolerance,
           -- a figure that other places print differently (variants) is rounded as its own digits are
           CASE WHEN claimed >= 1000 AND claimed = round(claimed) THEN power(10.0, floor(log10(claimed)) - 1) ELSE unit_of_last_digit END AS digit
    FROM   recount
    WHERE  recounted IS NOT NULL
)
SELECT observation_id, indicator_id, region_id, period_id, claimed, qualifier, recounted, recounted - claimed AS difference,
       100 * (recounted - claimed) / claimed AS difference_percent,
       CASE WHEN qualifier = '>' THEN CASE WHEN recounted > claimed THEN 'agrees' ELSE 'differs' END
            WHEN qualifier = '>=' THEN CASE WHEN recounted >= claimed THEN 'agrees' ELSE 'differs' END
            WHEN qualifier = '<' THEN CASE WHEN recounted < claimed THEN 'agrees' ELSE 'differs' END
            WHEN qualifier = '<=' THEN CASE WHEN recounted <= claimed THEN 'agrees' ELSE 'differs' END
            WHEN abs(recounted - claimed) <= digit / 2 THEN 'agrees'
            WHEN abs(recounted - claimed) < digit THEN 'within_rounding'
            ELSE 'differs' END AS verdict,
       list_distinct(operand_observation_ids) AS operand_observation_ids
FROM   judged
ORDER  BY abs(difference_percent) DESC, observation_id;
