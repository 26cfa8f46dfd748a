-- What the documents claim beside its recount: statement, claimed range, recounted range, verdict, place.
-- Grain: one row per claim, the largest difference in percent first, claims that cannot be checked last.
-- Unset variables = every claim. By hand: SET VARIABLE verdict = 'differs'; SET VARIABLE region = 'nur_sultan';
SELECT claims.claim_id, claim_type, verdict, is_cut_off,
       statement_kk, statement_ru, statement_en, formula_kk, formula_ru, formula_en, reason_kk, reason_ru, reason_en,
       claimed::DOUBLE AS claimed, claimed_low::DOUBLE AS claimed_low, claimed_high::DOUBLE AS claimed_high,
       low_is_open, high_is_open, recounted_low, recounted_high, difference, difference_percent, unit,
       template, arguments, region_ids, principle_ids, document_id, kk_line, ru_line,
       observation_id, observation_ids
FROM   claims
       JOIN claim_verdicts USING (claim_id)
WHERE  coalesce(verdict = getvariable('verdict'), true)
       AND coalesce(claim_type = getvariable('claim_type'), true)
       AND coalesce(list_contains(string_split(region_ids, ';'), getvariable('region')),
                    getvariable('region') IS NULL)
       AND coalesce(list_contains(string_split(principle_ids, ';'), getvariable('principle')),
                    getvariable('principle') IS NULL)
ORDER  BY verdict = 'cannot_be_checked', verdict <> 'differs', abs(difference_percent) DESC NULLS LAST, claims.claim_id;
