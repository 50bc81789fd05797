-- whether there are rulings: without any, no link has to be looked up
SELECT EXISTS (SELECT 1 FROM ruling)
