-- A value is what its printed token says, at every place that prints it: `12 мың` is 12000, `13,5%` is 13.5, `үш` is 3,
-- `нет` is 0. A slip of the hand in either of the two shows here without the documents.
WITH word (printed, said) AS (
    VALUES ('жоқ', 0), ('нет', 0), ('бір', 1), ('одну', 1), ('екі', 2), ('два', 2), ('двум', 2), ('двух', 2),
           ('үш', 3), ('три', 3), ('трех', 3), ('трем', 3), ('тремя', 3), ('төрт', 4), ('четырем', 4), ('четырех', 4),
           ('бес', 5), ('пяти', 5), ('алты', 6), ('шести', 6),
           ('барлығы', 100), ('барлық', 100), ('все', 100)  -- "all", where a share is meant
),
token AS (
    SELECT observation_id, value, language, line, "references".printed, word.said,
           replace(replace(replace(regexp_extract("references".printed, '^\d[\d \x{00A0}]*(,\d+)?'), ' ', ''),
                           chr(160), ''), ',', '.') AS digits,
           CASE WHEN regexp_matches("references".printed, 'млрд|миллиард') THEN 1000000000
                WHEN regexp_matches("references".printed, 'млн|миллион') THEN 1000000
                WHEN regexp_matches("references".printed, 'мың|тыс') THEN 1000
                ELSE 1 END AS magnitude
    FROM   observations
           JOIN "references" USING (observation_id)
           LEFT JOIN word ON word.printed = lower("references".printed)
    WHERE  value IS NOT NULL AND "references".printed IS NOT NULL
)
SELECT observation_id,
       'value ' || value || ' is not what line ' || line || ' (' || language || ') prints, "' || printed || '"' AS message,
       value AS given, printed AS expected
FROM   token
WHERE  CASE WHEN digits <> '' THEN digits::DECIMAL(28,6) * magnitude <> value
            ELSE said IS DISTINCT FROM value END;
