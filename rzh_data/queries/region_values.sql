-- Values of the chosen indicators over regions and periods; the columns are described in extracts/region_values.sql.
-- Grain: one row per indicator, region (or the country) and period that has a value.
-- By hand: SET VARIABLE indicators = ['tugan_zher_sponsors'];
FROM  region_values
WHERE list_contains(getvariable('indicators'), indicator_id)
ORDER BY indicator_id, period_id, region_id;
