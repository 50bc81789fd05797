-- so many, those that began or ended last
SELECT kind, source, says, advice, since, began, ended, told FROM alert ORDER BY coalesce(ended, began) DESC, id DESC LIMIT ?1
