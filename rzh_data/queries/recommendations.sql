-- Findings and recommendations by the chosen filters, with their places.
-- Grain: one row per finding or recommendation; by addressee, then in the order of the documents.
-- Unset variable = no filter. `scope` = 'programme': only those that no principle's package prints. `search`: words that
-- all stand in the text of the `language`, whatever their case; Russian е and ё are one letter here.
-- By hand: SET VARIABLE addressee = 'ecology'; SET VARIABLE kind = 'finding';
SELECT recommendation_id, principle_id, addressee_type, addressee_id, recommendations.kind,
       text_kk, text_ru, text_en, recommendations.document_id, documents.short_title_kk AS document_kk,
       documents.short_title_ru AS document_ru, documents.short_title_en AS document_en, kk_line, ru_line
FROM   recommendations
       JOIN documents USING (document_id)
       LEFT JOIN principles USING (principle_id)
       LEFT JOIN administrators ON administrators.administrator_id = addressee_id
       LEFT JOIN regions ON regions.region_id = addressee_id
WHERE  (getvariable('principles') IS NULL OR coalesce(list_contains(getvariable('principles'), principle_id), false))
       AND (getvariable('regions') IS NULL OR list_contains(getvariable('regions'), addressee_id))
       AND (getvariable('addressee') IS NULL OR addressee_id = getvariable('addressee'))
       AND (getvariable('kind') IS NULL OR recommendations.kind = getvariable('kind'))
       AND (getvariable('scope') IS NULL OR principle_id IS NULL)
       AND (getvariable('search') IS NULL
            OR list_bool_and([contains(replace(lower(CASE getvariable('language') WHEN 'kk' THEN text_kk WHEN 'ru' THEN text_ru
                                                          ELSE text_en END), 'ё', 'е'), word)
                              FOR word IN string_split(replace(lower(trim(getvariable('search'))), 'ё', 'е'), ' ')]))
ORDER  BY administrators.sort_order NULLS LAST, regions.region_id NULLS LAST, addressee_id,
          principles.sort_order NULLS LAST, coalesce(kk_line, ru_line), recommendation_id;
