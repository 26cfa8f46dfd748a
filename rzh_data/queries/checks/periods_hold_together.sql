-- A period ends when it began or later; a year, or a part of one, has as many months as lie between its days. Values per
-- month rest on that number.
SELECT NULL::VARCHAR AS observation_id,
       'periods.csv: ' || period_id || ' has ' || months || ' months; its days give ' || between_days AS message,
       period_id AS figure, months AS given, between_days AS expected
FROM   (SELECT period_id, kind, start, "end", months, date_diff('month', start, ("end" + INTERVAL 1 DAY)::DATE) AS between_days
        FROM   periods) AS period
WHERE  "end" < start OR (kind IN ('year', 'part_of_year') AND months <> between_days);
