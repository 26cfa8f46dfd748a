-- kk: Өңірлер бір көрсеткіш бойынша қалай орналасқан?
-- ru: Как регионы располагаются по одному показателю?
-- en: How do the regions rank on one indicator?
SELECT rank() OVER (ORDER BY value DESC) AS place, regions.short_kk AS region, value, value_per_inhabitant, qualifier,
       observation_ids
FROM   region_values
       JOIN regions USING (region_id)
WHERE  indicator_id = $indicator AND period_id = $period AND region_id <> 'kazakhstan'
ORDER  BY place, region;
