-- newswired: how many Sources come by it; maxRelayed is the most that one may name
SELECT count(*) FROM source WHERE via = ?1
