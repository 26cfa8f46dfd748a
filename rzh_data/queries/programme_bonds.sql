-- What belongs to what in the programme and where the documents say so: a principle to a direction, a project to a
-- principle, a project to the body that answers for it.
-- Grain: one row per pair. By hand: runs alone.
SELECT 'direction' AS bond, principle_id AS part_id, direction_id AS owner_id, name_kk, name_ru, name_en,
       document_id, kk_line, ru_line, sort_order
FROM   principle_directions
       JOIN directions USING (direction_id)
UNION  ALL
SELECT 'principle', project_id, principle_id, name_kk, name_ru, name_en, document_id, kk_line, ru_line, sort_order
FROM   project_principles
       JOIN principles USING (principle_id)
UNION  ALL
SELECT 'administrator', project_id, administrator_id, name_kk, name_ru, name_en, document_id, kk_line, ru_line, sort_order
FROM   project_administrators
       JOIN administrators USING (administrator_id)
ORDER  BY bond, part_id, sort_order;
