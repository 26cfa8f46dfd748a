-- kk: Құжаттың қай тұжырымдары қайта есептегенде сәйкес келмейді?
-- ru: Какие утверждения документов расходятся с пересчётом?
-- en: Which claims of the documents differ from the recount?
SELECT claims.statement_kk AS statement, claims.claimed, recounted_low, recounted_high, unit, difference,
       difference_percent, kk_line, ru_line
FROM   claim_verdicts
       JOIN claims USING (claim_id)
WHERE  verdict = 'differs'
ORDER  BY abs(difference_percent) DESC NULLS LAST;
