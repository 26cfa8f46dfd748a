-- Periods that (almost) every region has a figure for, in the order of time; the span of all of them comes last.
SELECT period_id, kind, months, boundary_vintage_id, start, "end", label_kk, label_ru, label_en, short_kk, short_ru, short_en
FROM   periods
WHERE  period_id IN (SELECT period_id FROM region_values WHERE region_id <> 'kazakhstan'
                     GROUP BY indicator_id, period_id HAVING count(*) >= 16)
       OR list_contains(getvariable('also'), period_id)
ORDER  BY kind = 'span', start, "end";
