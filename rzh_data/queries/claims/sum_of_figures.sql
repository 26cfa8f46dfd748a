-- What single figures give together, as an interval: each is known to its last printed digit only.
-- Grain: one row. `figures` is a list of observation ids separated by commas; one id alone is the figure itself.
-- By hand: SET VARIABLE figures = 'textbooks:kazakhstan:2017/2019::textbook_published,textbooks:kazakhstan:target-2020::textbook_to_publish';
SELECT CASE WHEN count(low) = count(*) THEN sum(low) END    AS low,   -- one open end leaves the sum open
       CASE WHEN count(high) = count(*) THEN sum(high) END  AS high,
       list(observation_id ORDER BY observation_id)         AS observation_ids
FROM   observation_intervals
WHERE  list_contains(string_split(getvariable('figures'), ','), observation_id);
