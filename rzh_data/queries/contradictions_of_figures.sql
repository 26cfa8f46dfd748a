-- Contradictions of the documents with themselves that speak of one of the chosen figures.
-- Grain: one row per claim, in the order of the documents.
-- By hand: SET VARIABLE observations = ['information_source_share:kazakhstan:2020::internet'];
SELECT claim_id, statement_kk, statement_ru, statement_en, verdict
FROM   claims
       JOIN claim_verdicts AS verdicts USING (claim_id)
WHERE  claim_type = 'contradiction' AND verdict <> 'agrees'
       AND (list_contains(getvariable('observations'), claims.observation_id)
            OR list_has_any(verdicts.observation_ids, getvariable('observations')))
ORDER  BY document_id, coalesce(kk_line, ru_line), claim_id;
