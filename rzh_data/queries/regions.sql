-- The 17 regions and the country: cities first, then oblasts, then the country.
SELECT region_id, kind, name_kk, name_ru, name_en, short_kk, short_ru, short_en, centre_kk, centre_ru, centre_en
FROM   regions
ORDER  BY kind = 'country', kind <> 'city', region_id;
