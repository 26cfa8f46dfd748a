-- kk: Таңдалған көрсеткіш пен кезең бойынша қай өңірлердің саны басылмаған?
-- ru: Для каких регионов не напечатано число по выбранному показателю и периоду?
-- en: Which regions have no figure for the chosen indicator and period?
SELECT regions.short_kk AS region, regions.kind
FROM   regions
WHERE  region_id <> 'kazakhstan'
       AND region_id NOT IN (SELECT region_id FROM region_values
                             WHERE indicator_id = $indicator AND period_id = $period)
ORDER  BY region;
