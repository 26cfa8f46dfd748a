-- How many claims of the documents agree with their recount, agree within rounding, differ, cannot be checked.
-- Grain: one row per verdict, also where no claim has it.
SELECT verdict, count(claim_id)::INTEGER AS claim_count
FROM   (VALUES (1, 'agrees'), (2, 'agrees_within_rounding'), (3, 'differs'), (4, 'cannot_be_checked')) AS known (sort_order, verdict)
       LEFT JOIN claim_verdicts USING (verdict)
GROUP  BY verdict, sort_order
ORDER  BY sort_order;
