-- A share of which no document prints the number it is a share of: how many were asked, how many there are in all.
-- Grain: one row per share, targets left out. `base` lists the shares whose base is printed, and as which indicator.
-- By hand: run as it is.
WITH base (indicator_id, base_id) AS (
    VALUES ('tugan_zher_local_budget_share', 'tugan_zher_local_budget'),
           ('tugan_zher_sponsors_share', 'tugan_zher_sponsors'),
           ('tugan_zher_sponsors_spending_share', 'tugan_zher_sponsors'),
           ('tugan_zher_sponsors_period_share', 'tugan_zher_sponsors'),
           ('tugan_zher_events_share', 'tugan_zher_events_held'),
           ('tugan_zher_patrons_share', 'tugan_zher_patrons'),
           ('tugan_zher_patron_projects_share', 'tugan_zher_patron_projects'),
           ('tugan_zher_systemic_regions_share', 'country_regions'),
           ('roadside_sites_to_standard_share', 'roadside_service_sites')
)
SELECT observation_id,
       'share_without_base'  AS rule_id,
       NULL::DOUBLE          AS compared_with,
       NULL::DOUBLE          AS times,
       []::VARCHAR[]         AS other_observation_ids
FROM   observations
       JOIN indicators USING (indicator_id)
       JOIN periods USING (period_id)
WHERE  indicators.unit = 'percent' AND periods.kind <> 'target'
       AND NOT regexp_matches(indicator_id, 'growth|reduction|fulfilment|target')  -- a change has no base to be a share of
       AND NOT EXISTS (SELECT 1
                       FROM   base
                              JOIN observations AS printed ON printed.indicator_id = base.base_id
                       WHERE  base.indicator_id = observations.indicator_id)
ORDER  BY observation_id;
