-- ids of Stories from one downwards
SELECT id FROM story WHERE id <= ?1 ORDER BY id DESC LIMIT ?2
