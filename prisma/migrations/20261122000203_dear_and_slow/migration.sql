-- The dearest and the slowest requests are found among those that cost 5 cents, or took 10 seconds, and more: only these
-- pay for an index. Same bounds as in lib/requests/event-sql.ts.
CREATE INDEX request_events_dear ON request_events (organization_id, (coalesce(cost_nano_usd, -1)) DESC, id DESC)
  WHERE cost_nano_usd >= 50000000;
CREATE INDEX request_events_slow ON request_events (organization_id, latency_ms DESC, id DESC) WHERE latency_ms >= 10000;
