-- How many figures the release holds, in how many places the documents print them, how many stand in which language, and
-- of how many the two languages print other digits.
-- Grain: one row.
SELECT (SELECT count(*) FROM observations)::INTEGER AS figure_count,
       (SELECT count(*) FROM "references")::INTEGER AS place_count,
       (SELECT count(*) FROM observations WHERE kk_line IS NOT NULL AND ru_line IS NOT NULL)::INTEGER AS in_both_languages,
       (SELECT count(*) FROM observations WHERE kk_line IS NULL AND ru_line IS NOT NULL)::INTEGER AS in_russian_only,
       (SELECT count(*) FROM observations WHERE kk_line IS NOT NULL AND ru_line IS NULL)::INTEGER AS in_kazakh_only,
       (SELECT count(*) FROM observations
        WHERE  regexp_replace(kk_printed, '[^0-9,]', '', 'g') <> regexp_replace(ru_printed, '[^0-9,]', '', 'g'))::INTEGER
           AS with_other_digits;
