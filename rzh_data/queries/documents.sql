-- The documents, and what was taken from each of their halves.
-- Grain: one row per document and half, Kazakh first. `figure_count`: figures of that half; `place_count`: places where it
-- prints them, repetitions among them; `not_figure_count`: numeric tokens that are dates, list numbers, names and the like.
WITH half AS (
    SELECT document_id, unnest(['kk', 'ru']) AS language FROM documents
),
taken AS (
    SELECT document_id, language, count(DISTINCT observation_id) AS figure_count, count(*) AS place_count
    FROM   "references"
    GROUP  BY ALL
),
left_out AS (
    SELECT document_id, language, sum(times) AS not_figure_count FROM not_figures GROUP BY ALL
)
SELECT document_id, half.language, title_kk, title_ru, title_en, publisher_kk, publisher_ru, publisher_en,
       year, file_name, sha256, line_count,
       coalesce(figure_count, 0)::INTEGER AS figure_count, coalesce(place_count, 0)::INTEGER AS place_count,
       coalesce(not_figure_count, 0)::INTEGER AS not_figure_count
FROM   documents
       JOIN half USING (document_id)
       LEFT JOIN taken USING (document_id, language)
       LEFT JOIN left_out USING (document_id, language)
ORDER  BY line_count DESC, document_id, half.language;
