-- What the documents claim of one region, with the recount and its verdict; what differs comes first.
-- Grain: one row per claim. `claimed_ids`: the figure that is the claim itself, where one is entered; `recounted_ids`:
-- the figures of the recount.
-- Unset principles = every claim. By hand: SET VARIABLE region = 'pavlodar';
SELECT claim_id, claim_type, statement_kk, statement_ru, statement_en, claimed::DOUBLE AS claimed,
       claimed_low::DOUBLE AS claimed_low, claimed_high::DOUBLE AS claimed_high, low_is_open, high_is_open, unit,
       formula_kk, formula_ru, formula_en, reason_kk, reason_ru, reason_en,
       verdict, recounted_low, recounted_high, difference,
       claims.document_id, documents.short_title_kk AS document_kk, documents.short_title_ru AS document_ru,
       documents.short_title_en AS document_en, kk_line, ru_line, true AS is_computed,
       CASE WHEN observation_id IS NULL THEN [] ELSE [observation_id] END AS claimed_ids,
       list_sort(observation_ids)                                         AS recounted_ids
FROM   claims
       JOIN claim_verdicts USING (claim_id)
       JOIN documents USING (document_id)
WHERE  list_contains(string_split(region_ids, ';'), getvariable('region'))
       AND (getvariable('principles') IS NULL
            OR list_has_any(string_split(principle_ids, ';'), getvariable('principles')))
ORDER  BY CASE verdict WHEN 'differs' THEN 1 WHEN 'agrees_within_rounding' THEN 2 WHEN 'agrees' THEN 3 ELSE 4 END, claim_id;
