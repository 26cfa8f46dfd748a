-- The programme's six principles in their order.
SELECT principle_id, direction_id, name_kk, name_ru, name_en
FROM   principles
ORDER  BY sort_order;
