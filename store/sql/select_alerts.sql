-- the newest so many
SELECT kind, source, says, advice, since, began, ended, told FROM alert ORDER BY id DESC LIMIT ?1
