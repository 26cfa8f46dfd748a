-- What is known of every region apart from the programme: kind, centre, area, and inhabitants in the latest year there is.
-- Grain: one row per region; the country is the last row, unranked. Population: official statistics, 1 January of the year.
SELECT regions.region_id, kind, name_kk, name_ru, name_en, short_kk, short_ru, short_en, centre_kk, centre_ru, centre_en,
       area_km2, population.year AS population_year, population.population,
       100.0 * population.population / country.population                                      AS population_share,
       CASE WHEN kind <> 'country'
            THEN rank() OVER (PARTITION BY kind = 'country' ORDER BY population.population DESC) END::INTEGER
                                                                                               AS population_position
FROM   regions
       JOIN population ON population.region_id = regions.region_id
                      AND population.year = (SELECT max(year) FROM population)
       JOIN population AS country ON country.region_id = 'kazakhstan' AND country.year = population.year
ORDER  BY kind = 'country', regions.region_id;
