-- A value is what its printed token says, at every place that prints it: `12 мың` is 12000, `13,5%` is 13.5, `нет` is 0.
-- A slip of the hand in either of the two shows here without the documents; other words carry no digits to compare.
WITH token AS (
    SELECT observation_id, value, language, line, printed,
           CASE WHEN printed IN ('жоқ', 'нет') THEN '0'
                ELSE replace(replace(regexp_extract(printed, '^\d[\d ]*(,\d+)?'), ' ', ''), ',', '.') END AS digits,
           CASE WHEN regexp_matches(printed, 'млрд|миллиард') THEN 1000000000
                WHEN regexp_matches(printed, 'млн|миллион') THEN 1000000
                WHEN regexp_matches(printed, 'мың|тыс') THEN 1000
                ELSE 1 END AS magnitude
    FROM   observations
           JOIN "references" USING (observation_id)
)
SELECT observation_id,
       'value ' || value || ' is not what line ' || line || ' (' || language || ') prints, "' || printed || '"' AS message
FROM   token
WHERE  digits <> '' AND digits::DECIMAL(28,6) * magnitude <> value;
