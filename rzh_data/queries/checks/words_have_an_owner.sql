-- What the documents say in words belongs to somebody there is: a recommendation to its addressee, an item to its parent.
-- The kind of id depends on another column, so the schema cannot say it.
SELECT NULL::VARCHAR AS observation_id,
       'recommendations.csv: ' || recommendation_id || ' addresses "' || addressee_id || '", which is no '
       || addressee_type || ' there is' AS message, recommendation_id AS figure
FROM   recommendations
WHERE  NOT CASE addressee_type
            WHEN 'ministry' THEN addressee_id IN (SELECT administrator_id FROM administrators)
            WHEN 'region' THEN addressee_id IN (SELECT region_id FROM regions WHERE region_id <> 'kazakhstan')
            WHEN 'project_office' THEN addressee_id = 'project_office' OR addressee_id IN (SELECT region_id FROM regions)
            ELSE addressee_id = 'all_regions' END
UNION ALL
SELECT NULL, 'programme_items.csv: ' || item_id || ' belongs to "' || parent_id || '", which nothing is called', item_id
FROM   programme_items
WHERE  parent_id IS NOT NULL
       AND parent_id NOT IN (
           SELECT item_id FROM programme_items UNION ALL SELECT group_id FROM groups UNION ALL SELECT project_id FROM projects
           UNION ALL SELECT administrator_id FROM administrators UNION ALL SELECT category_id FROM categories
           UNION ALL SELECT principle_id FROM principles UNION ALL SELECT direction_id FROM directions)
UNION ALL
SELECT NULL, 'printed_names.csv: a name of the ' || subject_type || ' "' || subject_id || '", which there is not', subject_id
FROM   printed_names
WHERE  subject_id NOT IN (SELECT direction_id FROM directions
                          WHERE printed_names.subject_type = 'direction'
                          UNION ALL SELECT principle_id FROM principles WHERE printed_names.subject_type = 'principle'
                          UNION ALL SELECT project_id FROM projects WHERE printed_names.subject_type = 'project');
