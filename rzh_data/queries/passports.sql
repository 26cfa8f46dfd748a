-- Where figures come from: every place of every chosen figure, with document, section, line and printed token.
-- Grain: one row per observation and place; the first place is the one the figure was entered from.
-- By hand: SET VARIABLE observations = ['tugan_zher_sponsors:akmola:2017'];
SELECT observations.observation_id, observations.indicator_id, observations.region_id, observations.period_id,
       observations.group_id, observations.category_id, observations.variant,
       value::DOUBLE AS value, qualifier, preferred, indicators.unit, indicators.decimals,
       indicators.name_kk AS indicator_kk, indicators.name_ru AS indicator_ru, indicators.name_en AS indicator_en,
       regions.short_kk AS region_kk, regions.short_ru AS region_ru, regions.short_en AS region_en,
       periods.short_kk AS period_kk, periods.short_ru AS period_ru, periods.short_en AS period_en,
       categories.name_kk AS category_kk, categories.name_ru AS category_ru, categories.name_en AS category_en,
       groups.name_kk AS group_kk, groups.name_ru AS group_ru, groups.name_en AS group_en,
       documents.short_title_kk AS document_kk, documents.short_title_ru AS document_ru, documents.short_title_en AS document_en,
       sections.label_kk AS section_kk, sections.label_ru AS section_ru, sections.label_en AS section_en,
       place.language, place.line, place.printed, place.is_first
FROM   observations
       JOIN "references" AS place USING (observation_id)
       JOIN documents ON documents.document_id = place.document_id
       JOIN indicators USING (indicator_id)
       JOIN regions USING (region_id)
       JOIN periods USING (period_id)
       LEFT JOIN categories USING (category_id)
       LEFT JOIN groups USING (group_id)
       LEFT JOIN sections ON sections.document_id = place.document_id
                         AND sections.first_line = (SELECT max(earlier.first_line) FROM sections AS earlier
                                                    WHERE earlier.document_id = place.document_id
                                                          AND earlier.first_line <= place.line)
WHERE  list_contains(getvariable('observations'), observations.observation_id)
ORDER  BY observations.observation_id, place.is_first DESC, place.document_id, place.line;
