-- Where a rule blocks, nothing is masked, only counted; findings were once kept as what their own rule would have done.
-- One decision is made of a request and one of an answer that came whole, so a masked finding beside one that blocked
-- the same side was never masked. A stream is never masked, and what stopped it has another status: it stays.
UPDATE dlp_events m SET action = 'log'
FROM (
  SELECT DISTINCT organization_id, request_id, starts_with(location, 'answer.') AS of_answer
  FROM dlp_events WHERE action = 'block' AND NOT shadow AND status = 403
) b
WHERE m.action = 'mask' AND NOT m.shadow AND m.status = 403
  AND m.organization_id = b.organization_id AND m.request_id = b.request_id
  AND starts_with(m.location, 'answer.') = b.of_answer;
