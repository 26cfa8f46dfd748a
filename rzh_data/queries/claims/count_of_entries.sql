-- How many things of one kind our tables hold that the documents name one by one: projects, principles, regions, modules.
-- The kind of a programme item is its type and its parent: training:guide_training_01.
-- Grain: one row; low = high. Unset `kind` = every kind.
-- By hand: SET VARIABLE list = 'projects'; SET VARIABLE kind = 'special';
WITH entry AS (
    SELECT 'projects' AS list, kind FROM projects
    UNION  ALL
    SELECT 'principles', NULL FROM principles
    UNION  ALL
    SELECT 'directions', NULL FROM directions
    UNION  ALL
    SELECT 'regions', kind FROM regions WHERE kind <> 'country'
    UNION  ALL
    SELECT 'project_principles', principle_id FROM project_principles
    UNION  ALL
    SELECT 'accelerator_projects', cluster_id FROM accelerator_projects
    UNION  ALL
    SELECT DISTINCT 'accelerator_clusters', cluster_id FROM accelerator_projects WHERE cluster_id IS NOT NULL
    UNION  ALL
    SELECT 'programme_items', type || ':' || coalesce(parent_id, '') FROM programme_items
)
SELECT count(*) AS low, count(*) AS high, []::VARCHAR[] AS observation_ids
FROM   entry
WHERE  list = getvariable('list') AND coalesce(list_contains(string_split(getvariable('kind'), ','), kind), true);
