-- Units of a boundary vintage that are no region of today, with their name at the time.
-- Grain: one row per unit.
-- By hand: SET VARIABLE vintage = '16';
SELECT unit_id, region_ids, name_kk, name_ru, name_en
FROM   boundary_units
WHERE  boundary_vintage_id = getvariable('vintage')
       AND unit_id NOT IN (SELECT region_id FROM regions);
