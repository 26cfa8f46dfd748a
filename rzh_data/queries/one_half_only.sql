-- Figures that only one half of a document prints.
-- Grain: one row per figure. `language` is the half that has it.
SELECT observation_id, CASE WHEN kk_line IS NULL THEN 'ru' ELSE 'kk' END AS language, coalesce(kk_line, ru_line) AS line
FROM   observations
WHERE  kk_line IS NULL OR ru_line IS NULL
ORDER  BY language DESC, document_id, line;
