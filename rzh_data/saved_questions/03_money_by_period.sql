-- kk: Әр кезеңде бюджет пен демеушілер қанша қаржы берді (өңірлердің қосындысы)?
-- ru: Сколько в каждом периоде дали бюджет и спонсоры (сумма по регионам)?
-- en: How much did the budget and the sponsors give in each period (sum over regions)?
SELECT periods.short_kk AS period,
       sum(value) FILTER (indicator_id = 'tugan_zher_local_budget') AS local_budget,
       sum(value) FILTER (indicator_id = 'tugan_zher_sponsors') AS sponsors,
       count(DISTINCT region_id) AS regions
FROM   observations
       JOIN periods USING (period_id)
WHERE  indicator_id IN ('tugan_zher_local_budget', 'tugan_zher_sponsors')
       AND region_id <> 'kazakhstan' AND preferred AND category_id IS NULL AND periods.kind <> 'span'
GROUP  BY ALL
ORDER  BY min(periods.start);
