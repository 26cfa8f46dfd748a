-- Materials on the programme in 2020 by kind of channel and its parts, with the total and what the parts add up to.
-- Grain: one row per printed number: level 0 the total, 1 a kind of channel, 2 a part of one. parts_sum is what the next
-- level gives (NULL where nothing is printed below).
-- By hand: run as it is.
WITH member AS (  -- which number is a part of which: the sums that the facts must keep
    SELECT part.observation_id, total.observation_id AS parent_id
    FROM   sums AS part
           JOIN sums AS total ON total.sum_id = part.sum_id AND total.member = 0
    WHERE  part.member > 0
),
material AS (
    SELECT observation_id, category_id, coalesce(categories.sort_order, 0) AS sort_order,
           coalesce(categories.name_kk, indicators.name_kk) AS name_kk, coalesce(categories.name_ru, indicators.name_ru) AS name_ru,
           coalesce(categories.name_en, indicators.name_en) AS name_en, value::DOUBLE AS value, parent_id
    FROM   observations
           JOIN indicators USING (indicator_id)
           LEFT JOIN categories USING (category_id)
           LEFT JOIN member USING (observation_id)
    WHERE  indicator_id = 'media_materials' AND preferred
)
SELECT own.observation_id, own.category_id, own.name_kk, own.name_ru, own.name_en, own.value, own.parent_id,
       CASE WHEN own.parent_id IS NULL THEN 0 WHEN parent.parent_id IS NULL THEN 1 ELSE 2 END AS level,
       (SELECT sum(value) FROM material AS part WHERE part.parent_id = own.observation_id) AS parts_sum,
       false AS is_computed, [own.observation_id] AS observation_ids
FROM   material AS own
       LEFT JOIN material AS parent ON parent.observation_id = own.parent_id
ORDER  BY own.parent_id IS NOT NULL,
          CASE WHEN parent.parent_id IS NULL THEN own.sort_order ELSE parent.sort_order END,
          level, own.sort_order;
