-- time: no Document lists what a removed Source had, and retention may begin
UPDATE article SET gone = ?1
WHERE gone IS NULL AND via IN (SELECT id FROM source WHERE position IS NULL)
