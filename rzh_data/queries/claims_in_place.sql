-- Statements of the documents with their recount and verdict, for the page that shows the figures they speak of.
-- Grain: one row per claim, in the order of the documents.
-- By hand: SET VARIABLE claims = ['media_scope'];
SELECT claim_id, claim_type, statement_kk, statement_ru, statement_en, formula_kk, formula_ru, formula_en,
       reason_kk, reason_ru, reason_en, claimed::DOUBLE AS claimed, claimed_low::DOUBLE AS claimed_low, claimed_high::DOUBLE AS claimed_high,
       claims.unit, verdict, recounted_low, recounted_high, claims.observation_id, verdicts.observation_ids,
       kk_line, ru_line,
       documents.short_title_kk AS document_kk, documents.short_title_ru AS document_ru, documents.short_title_en AS document_en
FROM   claims
       JOIN claim_verdicts AS verdicts USING (claim_id)
       JOIN documents USING (document_id)
WHERE  list_contains(getvariable('claims'), claim_id)
ORDER  BY document_id, coalesce(kk_line, ru_line), claim_id;
