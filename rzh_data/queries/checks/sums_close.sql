-- Parts that a document prints beside their total give it: exactly where the relation is `equal`, which also holds
-- for the rounded shares in these documents; without exceeding it where it is `at_most` and some parts are not printed.
-- A total printed as "more than" must be exceeded.
WITH member AS (
    SELECT sum_id, member, relation, sums.observation_id, coalesce(observations.value, amount) AS value,
           coalesce(qualifier, '=') AS qualifier
    FROM   sums
           LEFT JOIN observations USING (observation_id)
),
compared AS (
    SELECT sum_id,
           coalesce(max(observation_id) FILTER (member = 0), min(observation_id)) AS observation_id,
           count(*) FILTER (member = 0 AND relation IS NOT NULL) AS totals,
           count(*) FILTER (member > 0) AS parts,
           count(*) FILTER (value IS NULL) AS unknown,
           max(relation) AS relation,
           max(qualifier) FILTER (member = 0) AS qualifier,
           max(value) FILTER (member = 0) AS total,
           sum(value) FILTER (member > 0) AS given
    FROM   member
    GROUP  BY sum_id
)
SELECT observation_id,
       CASE WHEN totals <> 1 OR parts = 0 OR unknown > 0
            THEN 'sum ' || sum_id || ' has ' || totals || ' totals with a relation, ' || parts || ' parts and '
                 || unknown || ' members without a value; one, some and none are expected'
            ELSE 'sum ' || sum_id || ' does not close: its parts give ' || given || ', its total is ' || qualifier || ' '
                 || total || ' (' || relation || ')' END AS message,
       given, total AS expected
FROM   compared
WHERE  totals <> 1 OR parts = 0 OR unknown > 0
       OR NOT CASE WHEN relation = 'at_most' THEN given <= total
                   WHEN qualifier = '>' THEN given > total
                   WHEN qualifier = '>=' THEN given >= total
                   WHEN qualifier = '<' THEN given < total
                   WHEN qualifier = '<=' THEN given <= total
                   ELSE given = total END;
