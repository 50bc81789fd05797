-- all, those of a Source together
SELECT u.id, s.name, u.base, u.token, u.hub, u.topic, u.secret, u.state, u.due, u.lease_until, u.since, u.failures, u.error,
       u.delivered, u.deliveries, u.dropped, u.proved, u.missed, u.owed
FROM subscription u JOIN source s ON s.id = u.source_id ORDER BY s.id, u.id
