-- What a supposition about sponsors' money starts from: money of 2018 and of nine months of 2019, and the inhabitants.
-- Grain: one row per region that has a figure of nine months of 2019, and the country as the last row. Nominal tenge.
-- Population: official statistics, 1 January 2019. Facts alone: nothing supposed stands here.
SELECT regions.region_id, regions.kind, regions.short_kk, regions.short_ru, regions.short_en,
       nine.value::BIGINT AS nine_months_kzt, nine.months AS nine_months,
       nine.value_per_inhabitant, nine.population,
       before.value AS year_before_kzt, before.months AS year_months,  -- a float: a region without it has NaN, not a whole number
       nine.is_computed, nine.observation_ids, before.observation_ids AS before_ids
FROM   region_values AS nine
       JOIN regions USING (region_id)
       LEFT JOIN region_values AS before ON before.indicator_id = nine.indicator_id
                                        AND before.region_id = nine.region_id AND before.period_id = '2018'
WHERE  nine.indicator_id = 'tugan_zher_sponsors' AND nine.period_id = '2019-9m'
ORDER  BY regions.kind = 'country', nine.value DESC, regions.region_id;
