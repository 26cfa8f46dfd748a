-- The regions' inhabitants give the country's, in every year that has them all. Values per inhabitant rest on both.
SELECT NULL::VARCHAR AS observation_id,
       'population.csv: the country has ' || country || ' inhabitants in ' || year || ', its regions together ' || parts AS message,
       'kazakhstan:' || year AS figure, country AS given, parts AS expected
FROM   (SELECT year,
               max(population) FILTER (region_id = 'kazakhstan')   AS country,
               sum(population) FILTER (region_id <> 'kazakhstan')  AS parts,
               count(*) FILTER (region_id <> 'kazakhstan')         AS counted
        FROM   population
        GROUP  BY year) AS of_year
WHERE  country <> parts AND counted = (SELECT count(*) FROM regions WHERE kind <> 'country');
