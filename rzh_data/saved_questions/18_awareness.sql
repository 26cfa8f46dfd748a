-- kk: Топтар бойынша бағдарлама туралы хабардарлық қандай (басылған үлестер)?
-- ru: Какова осведомлённость о программе по группам (напечатанные доли)?
-- en: How well do the groups know the programme (printed shares)?
SELECT coalesce(groups.name_kk, '–') AS "group", categories.name_kk AS answer, value AS percent, kk_printed, ru_printed,
       observation_id
FROM   observations
       LEFT JOIN groups USING (group_id)
       LEFT JOIN categories USING (category_id)
WHERE  indicator_id = 'awareness_share'
ORDER  BY groups.sort_order NULLS FIRST, categories.sort_order;
