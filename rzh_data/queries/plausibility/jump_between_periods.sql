-- A figure is more than ten times the one of the neighbouring period, or less than a tenth of it, each taken per month:
-- nine months are not held against twelve where the values may be added up.
-- Grain: one row per figure that jumps against the period before it; the one before is named.
-- By hand: run as it is.
WITH series AS (
    SELECT observation_id, value,
           CASE WHEN aggregation = 'sum' THEN value / months ELSE value END  AS basis,
           CASE WHEN aggregation = 'sum' THEN months ELSE 1 END              AS months,
           row_number() OVER line                                            AS position,
           lag(observation_id) OVER line                                     AS before_id,
           lag(CASE WHEN aggregation = 'sum' THEN value / months ELSE value END) OVER line  AS before_basis
    FROM   observations
           JOIN indicators USING (indicator_id)
           JOIN periods USING (period_id)
    WHERE  preferred AND value IS NOT NULL AND periods.kind IN ('year', 'part_of_year') AND periods.months > 0
    WINDOW line AS (PARTITION BY indicator_id, region_id, group_id, category_id ORDER BY periods.start, periods."end")
)
SELECT observation_id,
       'jump_between_periods'                                                    AS rule_id,
       (before_basis * months)::DOUBLE                                           AS compared_with,
       greatest(basis, before_basis)::DOUBLE / least(basis, before_basis)        AS times,
       [before_id]                                                               AS other_observation_ids
FROM   series
WHERE  basis > 0 AND before_basis > 0
       AND greatest(basis, before_basis) > 10 * least(basis, before_basis)
ORDER  BY observation_id;
