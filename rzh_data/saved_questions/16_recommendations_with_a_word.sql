-- kk: Қай ұсыныстар мен тұжырымдарда белгілі бір сөз бар?
-- ru: В каких рекомендациях и выводах встречается слово?
-- en: Which recommendations and findings hold a word?
SELECT kind, addressee_id, recommendations.text_kk AS sentence, kk_line, ru_line
FROM   recommendations
WHERE  contains(lower(recommendations.text_kk), lower($text))
ORDER  BY kind, addressee_id, kk_line;
