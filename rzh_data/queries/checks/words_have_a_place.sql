-- A recommendation, an item or a project of the accelerator that no line prints could not be looked up.
WITH said AS (
    SELECT 'recommendations.csv' AS file, recommendation_id AS id, document_id, kk_line, ru_line FROM recommendations
    UNION ALL
    SELECT 'programme_items.csv', item_id, document_id, kk_line, ru_line FROM programme_items
    UNION ALL
    SELECT 'accelerator_projects.csv', accelerator_project_id, document_id, kk_line, ru_line FROM accelerator_projects
),
half AS (
    SELECT document_id, min(first_line) FILTER (language = 'ru') AS first_russian_line, line_count
    FROM   sections
           JOIN documents USING (document_id)
    GROUP  BY document_id, line_count
)
SELECT NULL::VARCHAR AS observation_id,
       file || ': ' || id || ' has no line, or one outside its half of ' || document_id || ' (Kazakh '
       || coalesce(kk_line::VARCHAR, 'none') || ', Russian ' || coalesce(ru_line::VARCHAR, 'none') || ')' AS message,
       id AS figure
FROM   said
       LEFT JOIN half USING (document_id)
WHERE  coalesce(kk_line, ru_line) IS NULL OR kk_line >= first_russian_line OR ru_line < first_russian_line
       OR ru_line > line_count;
