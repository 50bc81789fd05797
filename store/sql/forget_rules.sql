-- No Feed's verdicts are sure to be by its rule: all is to be judged again by
-- whoever has the rules that were configured last, and at the next Configure.
UPDATE feed SET rule = char(0), backlog = coalesce((SELECT max(id) FROM story), 0)
