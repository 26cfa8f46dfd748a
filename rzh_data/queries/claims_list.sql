-- What the documents claim beside its recount: statement, what is claimed, what the recount gives, verdict, place, figures.
-- Grain: one row per claim. First those that differ, the largest difference in percent first; those that nothing can
-- check come last. Unset regions or principles = every claim; set, only claims that speak of one of them.
-- By hand: SET VARIABLE regions = ['nur_sultan']; SET VARIABLE principles = ['pragmatism'];
SELECT claims.claim_id, claim_type, verdict, is_cut_off,
       statement_kk, statement_ru, statement_en, formula_kk, formula_ru, formula_en, reason_kk, reason_ru, reason_en,
       claimed::DOUBLE AS claimed, claimed_low::DOUBLE AS claimed_low, claimed_high::DOUBLE AS claimed_high,
       low_is_open, high_is_open, claims.unit, recounted_low, recounted_high, difference, difference_percent,
       -- what a chart draws the claim at: the number, else the end of the range that the recount is held against
       coalesce(claimed, CASE WHEN recounted_low > claimed_high THEN claimed_high ELSE coalesce(claimed_low, claimed_high) END)::DOUBLE
           AS claimed_point,
       CASE WHEN recounted_low IS NULL THEN recounted_high WHEN recounted_high IS NULL THEN recounted_low
            ELSE (recounted_low + recounted_high) / 2 END AS recounted_point,
       claims.document_id, claims.kk_line, claims.ru_line, kk_printed, ru_printed,
       documents.short_title_kk AS document_kk, documents.short_title_ru AS document_ru, documents.short_title_en AS document_en,
       claims.observation_id,
       list_distinct(claim_verdicts.observation_ids || CASE WHEN claims.observation_id IS NULL THEN [] ELSE [claims.observation_id] END)
           AS observation_ids
FROM   claims
       JOIN claim_verdicts USING (claim_id)
       JOIN documents USING (document_id)
       LEFT JOIN observations ON observations.observation_id = claims.observation_id
                             AND coalesce(observations.kk_line = claims.kk_line, observations.ru_line = claims.ru_line)
WHERE  (getvariable('regions') IS NULL
        OR coalesce(list_has_any(string_split(claims.region_ids, ';'), getvariable('regions')), false))
       AND (getvariable('principles') IS NULL
        OR coalesce(list_has_any(string_split(claims.principle_ids, ';'), getvariable('principles')), false))
ORDER  BY verdict = 'cannot_be_checked', verdict <> 'differs', abs(difference_percent) DESC NULLS LAST, claims.claim_id;
