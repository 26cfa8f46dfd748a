-- The 17 regions and the country, in the order of the documents' tables.
SELECT region_id, kind, name_kk, name_ru, name_en, short_kk, short_ru, short_en
FROM   regions;
