-- kk: Әр қағидат бойынша қанша тұжырым мен ұсыныс бар?
-- ru: Сколько выводов и рекомендаций приходится на каждый принцип?
-- en: How many findings and recommendations does each principle have?
SELECT principles.name_kk AS principle,
       count(*) FILTER (kind = 'finding') AS findings,
       count(*) FILTER (kind = 'recommendation') AS recommendations
FROM   recommendations
       LEFT JOIN principles USING (principle_id)
GROUP  BY ALL
ORDER  BY recommendations DESC;
