-- Share of sponsors' money in all money of «Туған жер» in the whole country, period by period and over all of them.
-- Grain: one row per period that has both sources. The amounts are the documents', the shares are ours.
-- By hand: run as it is.
SELECT period_id, periods.label_kk AS period_kk, periods.label_ru AS period_ru, periods.label_en AS period_en,
       (100 * sum(value) FILTER (indicator_id = 'tugan_zher_sponsors') / sum(value))::DOUBLE AS sponsors_percent,
       flatten(list(observation_ids ORDER BY indicator_id)) AS observation_ids, true AS is_computed
FROM   region_values
       JOIN periods USING (period_id)
WHERE  indicator_id IN ('tugan_zher_local_budget', 'tugan_zher_sponsors') AND region_id = 'kazakhstan'
GROUP  BY period_id, periods.label_kk, periods.label_ru, periods.label_en, periods.start, periods."end"
HAVING count(*) = 2
ORDER  BY periods.start, periods."end";
