-- Every figure of the survey that speaks of one target group of the outreach guide, and the channels of all respondents
-- (scope 'everybody') to set beside them. The guide's group of Russians and others has two groups of the survey in it; its
-- internet users are the answer «internet» of all respondents.
-- Grain: one row per figure. By hand: SET VARIABLE group = 'age_60_plus';
WITH member (target_id, group_id) AS (
    SELECT group_id, group_id FROM groups
    UNION ALL
    VALUES ('ethnic_russian_and_other', 'ethnic_russian'), ('ethnic_russian_and_other', 'ethnic_other')
),
survey AS (
    SELECT observations.*, categories.type AS category_type, categories.sort_order AS category_order,
           CASE WHEN observations.group_id IN (SELECT group_id FROM member WHERE target_id = getvariable('group')) THEN 'group'
                WHEN getvariable('group') = 'internet_users' AND observations.group_id IS NULL AND category_id = 'internet' THEN 'group'
                WHEN observations.group_id IS NULL AND categories.type = 'information_source' THEN 'everybody' END AS scope
    FROM   observations
           JOIN indicators USING (indicator_id)
           LEFT JOIN categories USING (category_id)
    WHERE  indicators.topic = 'awareness' AND region_id = 'kazakhstan' AND preferred
)
SELECT observation_id, scope, coalesce(category_type = 'information_source', false) AS is_channel, survey.indicator_id,
       indicators.name_kk AS indicator_kk, indicators.name_ru AS indicator_ru, indicators.name_en AS indicator_en,
       groups.name_kk AS group_kk, groups.name_ru AS group_ru, groups.name_en AS group_en,
       categories.name_kk AS category_kk, categories.name_ru AS category_ru, categories.name_en AS category_en,
       value::DOUBLE AS value
FROM   survey
       JOIN indicators USING (indicator_id)
       LEFT JOIN groups USING (group_id)
       LEFT JOIN categories USING (category_id)
WHERE  scope IS NOT NULL
ORDER  BY scope = 'everybody', survey.indicator_id, category_order, groups.sort_order, value DESC;
