-- Story, time, reasons
INSERT INTO rejection (story_id, judged, reasons) VALUES (?1, ?2, ?3)
ON CONFLICT DO UPDATE SET judged = excluded.judged, reasons = excluded.reasons
