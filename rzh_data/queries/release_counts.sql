-- What the release holds, counted.
-- Grain: one row per sort of thing, in the order they are told.
FROM (VALUES (1, 'documents', (SELECT count(*) FROM documents)),
             (2, 'indicators', (SELECT count(*) FROM indicators)),
             (3, 'figures', (SELECT count(*) FROM observations)),
             (4, 'places', (SELECT count(*) FROM "references")),
             (5, 'not_figures', (SELECT sum(times) FROM not_figures)),
             (6, 'claims', (SELECT count(*) FROM claims)),
             (7, 'recommendations', (SELECT count(*) FROM recommendations)),
             (8, 'flags', (SELECT count(*) FROM flags))) AS known (sort_order, thing, thing_count)
SELECT thing, thing_count::INTEGER AS thing_count
ORDER  BY sort_order;
