-- kk: 2017 жылдан 2018 жылға көрсеткіш өңірлерде неше есе өзгерді?
-- ru: Во сколько раз показатель изменился по регионам с 2017 по 2018 год?
-- en: By what factor did the indicator change in the regions from 2017 to 2018?
SELECT regions.short_kk AS region, before.value AS value_2017, after.value AS value_2018,
       after.value / nullif(before.value, 0) AS times,
       before.observation_ids || after.observation_ids AS observation_ids
FROM   region_values AS before
       JOIN region_values AS after USING (indicator_id, region_id)
       JOIN regions USING (region_id)
WHERE  indicator_id = $indicator AND before.period_id = '2017' AND after.period_id = '2018'
ORDER  BY times DESC NULLS LAST;
