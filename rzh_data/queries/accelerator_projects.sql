-- Social projects of the accelerator that the documents name, with their cluster, packages and place.
-- Grain: one row per named project, clusters in order. The text speaks of more projects than it names.
-- Unset variable = every principle, every cluster. By hand: SET VARIABLE principles = ['evolution'];
SELECT accelerator_project_id, project.name, project.cluster_id, project.principle_ids,
       purpose_kk, purpose_ru, purpose_en, kk_line, ru_line,
       categories.name_kk AS cluster_kk, categories.name_ru AS cluster_ru, categories.name_en AS cluster_en,
       documents.short_title_kk AS document_kk, documents.short_title_ru AS document_ru, documents.short_title_en AS document_en
FROM   accelerator_projects AS project
       JOIN documents USING (document_id)
       LEFT JOIN categories ON categories.category_id = project.cluster_id
WHERE  coalesce(list_has_any(string_split(project.principle_ids, ';'), getvariable('principles')), true)
       AND coalesce(project.cluster_id = getvariable('cluster'), true)
ORDER  BY categories.sort_order NULLS LAST, coalesce(kk_line, ru_line), accelerator_project_id;
