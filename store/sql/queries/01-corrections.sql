-- What did Yonhap correct yesterday? (Days are in UTC.)
SELECT seen, coalesce(changed, marker) AS what, previous_title, title
FROM revisions
WHERE agency = 'Yonhap' AND own AND (number > 1 OR marker_kind = 'correction')
  AND seen >= date('now', '-1 day') AND seen < date('now')
ORDER BY seq;
