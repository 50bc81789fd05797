-- stories told in one that is told in another
SELECT count(*) FROM story s JOIN story t ON t.id = s.told_in WHERE t.told_in IS NOT NULL;
-- repair: they lead to the last one
WITH RECURSIVE chain (id, last) AS (
    SELECT id, told_in FROM story WHERE told_in IS NOT NULL
    UNION SELECT c.id, t.told_in FROM chain c JOIN story t ON t.id = c.last WHERE t.told_in IS NOT NULL)
UPDATE story SET told_in = (SELECT min(last) FROM chain WHERE chain.id = story.id) WHERE told_in IS NOT NULL;
