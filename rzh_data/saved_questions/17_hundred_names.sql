-- kk: «100 жаңа есім»: жылдар бойынша өтінімдер, жеңімпаздар және жүз өтінімге шаққандағы жеңімпаздар
-- ru: «100 новых лиц»: заявки, победители и победители на сто заявок по годам
-- en: «100 New Faces»: applications, winners and winners per hundred applications by year
SELECT periods.short_kk AS period,
       max(value) FILTER (indicator_id = 'hundred_names_applications') AS applications,
       max(value) FILTER (indicator_id = 'hundred_names_winners') AS winners,
       100 * winners / applications AS winners_per_hundred
FROM   observations
       JOIN periods USING (period_id)
WHERE  indicator_id IN ('hundred_names_applications', 'hundred_names_winners')
       AND region_id = 'kazakhstan' AND periods.kind = 'year' AND preferred AND category_id IS NULL
GROUP  BY ALL
ORDER  BY min(periods.start);
