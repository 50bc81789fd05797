-- No Feed's verdicts are sure to be by its rule: the next configuration judges
-- all again.
UPDATE feed SET rule = char(0)
