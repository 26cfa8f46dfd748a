-- How many findings and recommendations each addressee has in each principle's package.
-- Grain: one row per addressee and principle that has any; principle NULL: said of the programme as a whole.
-- Each sentence of a document is counted once, under the principle whose package prints it.
-- By hand: SET VARIABLE principles = ['pragmatism'];
SELECT addressee_id, principle_id,
       count(*) FILTER (kind = 'finding')::INTEGER AS findings,
       count(*) FILTER (kind = 'recommendation')::INTEGER AS recommendations
FROM   recommendations
WHERE  coalesce(list_contains(getvariable('principles'), principle_id), getvariable('principles') IS NULL)
GROUP  BY addressee_id, principle_id
ORDER  BY addressee_id, principle_id;
