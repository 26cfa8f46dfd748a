-- kk: Әр түрдегі тұжырымдардың қаншасы расталды, қаншасы расталмады?
-- ru: Сколько утверждений каждого вида сошлось и сколько разошлось?
-- en: How many claims of each kind agree, and how many differ?
SELECT claim_type, verdict, count(*) AS claims
FROM   claim_verdicts
       JOIN claims USING (claim_id)
GROUP  BY ALL
ORDER  BY claim_type, claims DESC;
