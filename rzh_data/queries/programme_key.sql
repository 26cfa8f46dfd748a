-- The programme's parts by name: directions, principles and projects, each with its sentence where the documents have one.
-- Grain: one row per part, directions first, then principles, then projects. `owner_ids`: the direction of a principle, the
-- principles of a project. `is_printed`: a place says so; a principle without one stands in its direction by convention.
-- Unset variable = every principle: its direction, itself, its projects. By hand: SET VARIABLE principles = ['pragmatism'];
WITH part AS (
    SELECT 'direction' AS kind, direction_id AS part_id, sort_order, name_kk, name_ru, name_en, note_kk, note_ru, note_en,
           NULL::VARCHAR[] AS owner_ids
    FROM   directions
    UNION ALL BY NAME
    SELECT 'principle' AS kind, principle_id AS part_id, sort_order, name_kk, name_ru, name_en, [direction_id] AS owner_ids
    FROM   principles
    UNION ALL BY NAME
    SELECT projects.kind, project_id AS part_id, projects.sort_order, projects.name_kk, projects.name_ru, projects.name_en,
           list(principle_id ORDER BY principles.sort_order) FILTER (principle_id IS NOT NULL) AS owner_ids
    FROM   projects
           LEFT JOIN project_principles USING (project_id)
           LEFT JOIN principles USING (principle_id)
    WHERE  projects.kind <> 'programme'
    GROUP  BY projects.kind, project_id, projects.sort_order, projects.name_kk, projects.name_ru, projects.name_en
)
SELECT kind, part_id, name_kk, name_ru, name_en, note_kk, note_ru, note_en,
       coalesce(owner_ids, []) AS owner_ids,
       kind NOT IN ('direction', 'principle') OR place.principle_id IS NOT NULL AS is_printed,
       text_kk, text_ru, text_en, said.document_id, said.kk_line, said.ru_line
FROM   part
       LEFT JOIN programme_items AS said ON said.type = 'definition' AND said.parent_id = part_id
       LEFT JOIN principle_directions AS place ON kind = 'principle' AND place.principle_id = part_id
WHERE  getvariable('principles') IS NULL
       OR kind = 'principle' AND list_contains(getvariable('principles'), part_id)
       OR kind = 'direction' AND part_id IN (SELECT direction_id FROM principles
                                             WHERE list_contains(getvariable('principles'), principle_id))
       OR kind IN ('special', 'new') AND list_has_any(owner_ids, getvariable('principles'))
ORDER  BY CASE kind WHEN 'direction' THEN 1 WHEN 'principle' THEN 2 WHEN 'special' THEN 3 ELSE 4 END, part.sort_order;
