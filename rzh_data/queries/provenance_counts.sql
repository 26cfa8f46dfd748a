-- How many figures the release holds, in how many places the documents print them, and how many of those are halves of
-- each language.
SELECT (SELECT count(*) FROM observations)::INTEGER AS figure_count,
       (SELECT count(*) FROM "references")::INTEGER AS place_count,
       (SELECT count(*) FROM observations WHERE kk_line IS NOT NULL AND ru_line IS NOT NULL)::INTEGER AS in_both_languages,
       (SELECT count(*) FROM observations WHERE kk_line IS NULL AND ru_line IS NOT NULL)::INTEGER AS in_russian_only,
       (SELECT count(*) FROM observations WHERE kk_line IS NOT NULL AND ru_line IS NULL)::INTEGER AS in_kazakh_only;
