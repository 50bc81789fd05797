-- token: the subscription whose callback ends so
SELECT u.id, s.name, u.base, u.token, u.hub, u.topic, u.secret, u.state, u.due, u.lease_until, u.since, u.failures, u.error,
       u.delivered, u.deliveries, u.dropped, u.proved, u.missed, u.owed
FROM subscription u JOIN source s ON s.id = u.source_id WHERE u.token = ?1
