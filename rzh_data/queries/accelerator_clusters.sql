-- Clusters of the accelerator: how many projects the documents name in each, and how many they say there are.
-- Grain: one row per cluster, in order; printed_count is NULL where no document prints a number for the cluster.
-- By hand: run as it is.
SELECT cluster.category_id AS cluster_id, cluster.name_kk, cluster.name_ru, cluster.name_en,
       (SELECT count(*) FROM accelerator_projects WHERE cluster_id = cluster.category_id)::INTEGER AS named_count,
       printed.value::INTEGER AS printed_count, printed.observation_id
FROM   categories AS cluster
       LEFT JOIN observations AS printed
              ON printed.indicator_id = 'accelerator_cluster_projects' AND printed.category_id = cluster.category_id AND printed.preferred
WHERE  cluster.type = 'accelerator_cluster'
ORDER  BY cluster.sort_order;
