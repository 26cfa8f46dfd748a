-- How many claims of each type agree, agree within rounding, differ or cannot be checked.
-- Grain: one row per type and verdict that has claims.
-- By hand: run as it is.
SELECT claim_type, verdict, count(*)::INTEGER AS claim_count, list(claim_id ORDER BY claim_id) AS claim_ids
FROM   claims
       JOIN claim_verdicts USING (claim_id)
GROUP  BY claim_type, verdict
ORDER  BY claim_type, verdict;
