-- «100 жаңа есім» in the regions that the documents name with a figure, over the three years together.
-- Grain: one row per named region; what is not printed for it is NULL. Unset regions = every region.
-- By hand: SET VARIABLE regions = ['nur_sultan'];
SELECT region_id, regions.short_kk, regions.short_ru, regions.short_en,
       max(value) FILTER (indicator_id = 'hundred_names_applications')::INTEGER AS applications,
       max(value) FILTER (indicator_id = 'hundred_names_winners')::INTEGER AS winners,
       100.0 * max(value) FILTER (indicator_id = 'hundred_names_winners') / max(value) FILTER (indicator_id = 'hundred_names_applications') AS per_hundred,
       count(*) > 1 AS is_computed,
       list(observation_id ORDER BY indicator_id) AS observation_ids
FROM   observations
       JOIN regions USING (region_id)
WHERE  indicator_id IN ('hundred_names_applications', 'hundred_names_winners')
       AND region_id <> 'kazakhstan' AND preferred
       AND coalesce(list_contains(getvariable('regions'), region_id), true)
GROUP  BY ALL
ORDER  BY applications DESC NULLS LAST, region_id;
