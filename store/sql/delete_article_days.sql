-- those before a time
DELETE FROM article_day WHERE day < ?1 / 86400000
