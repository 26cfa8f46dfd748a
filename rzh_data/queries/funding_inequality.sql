-- How unevenly one source of money (or both together) is spread over the regions in one period: the points of a Lorenz
-- curve, regions ordered by value, and the Gini coefficient of the values (0 = equal, near 1 = one region has all).
-- Grain: one row per region with a figure. `without` leaves one region out (Shymkent has a single value).
-- By hand: SET VARIABLE indicator = 'tugan_zher_sponsors'; SET VARIABLE period = '2018';
WITH chosen AS (
    SELECT region_id, observation_ids,
           CASE coalesce(getvariable('per'), 'total')
                WHEN 'capita' THEN CASE getvariable('prices') WHEN 'constant' THEN value_constant_per_inhabitant ELSE value_per_inhabitant END
                ELSE CASE getvariable('prices') WHEN 'constant' THEN value_constant ELSE value END
           END AS value
    FROM   region_values
    WHERE  indicator_id = getvariable('indicator') AND period_id = getvariable('period')
           AND region_id <> 'kazakhstan' AND region_id IS DISTINCT FROM getvariable('without')
),
ordered AS (
    SELECT *, row_number() OVER (ORDER BY value, region_id) AS position, count(*) OVER () AS region_count,
           sum(value) OVER () AS total
    FROM   chosen
    WHERE  value IS NOT NULL
)
SELECT region_id, regions.short_kk, regions.short_ru, regions.short_en, value, position::INTEGER AS position,
       region_count::INTEGER AS region_count,
       100.0 * position / region_count AS cumulative_region_percent,
       100.0 * sum(value) OVER (ORDER BY position) / total AS cumulative_value_percent,
       sum((2 * position - region_count - 1) * value) OVER () / (region_count * total) AS gini,
       100.0 * sum(value) FILTER (position > region_count - 5) OVER () / total AS top_five_percent,
       observation_ids
FROM   ordered
       JOIN regions USING (region_id)
ORDER  BY position;
