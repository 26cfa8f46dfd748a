-- kk: Бюджеттің бір теңгесіне демеушілердің неше теңгесінен келді?
-- ru: Сколько тенге спонсоров пришлось на один тенге бюджета?
-- en: How many tenge of sponsors came for each tenge of the budget?
SELECT regions.short_kk AS region, value AS sponsors_for_a_tenge, is_computed, observation_ids
FROM   region_values
       JOIN regions USING (region_id)
WHERE  indicator_id = 'tugan_zher_leverage' AND period_id = $period
ORDER  BY sponsors_for_a_tenge DESC;
