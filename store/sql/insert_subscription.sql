-- name of the source, and the columns in their order
INSERT INTO subscription (source_id, base, token, hub, topic, secret, state, due, lease_until, since, failures, error,
    delivered, deliveries, dropped, proved, missed, owed, trusted)
VALUES ((SELECT id FROM source WHERE name = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
