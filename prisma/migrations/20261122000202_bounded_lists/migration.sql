-- Lists of a big organization: each filter has an index that leads to the few among the many, and one that adds little
-- or nothing to most inserts.

-- Entries of one tier, and of one way of logging, which is looked for tier by tier.
DROP INDEX "request_contents_organization_id_tier_occurred_at_id_idx";
CREATE INDEX "request_contents_tier_logging" ON "request_contents"("organization_id", "tier", "logging", "occurred_at" DESC, "id" DESC);

CREATE INDEX "dlp_events_organization_id_action_occurred_at_id_idx" ON "dlp_events"("organization_id", "action", "occurred_at" DESC, "id" DESC);
CREATE INDEX "dlp_events_organization_id_shadow_occurred_at_id_idx" ON "dlp_events"("organization_id", "shadow", "occurred_at" DESC, "id" DESC);
CREATE INDEX dlp_events_judged ON dlp_events (organization_id, feedback, occurred_at DESC, id DESC) WHERE feedback IS NOT NULL;

CREATE INDEX "request_events_organization_id_model_id_occurred_at_idx" ON "request_events"("organization_id", "model_id", "occurred_at" DESC);
-- Most requests are answered with 200, and few gateways export traces.
CREATE INDEX request_events_statuses ON request_events (organization_id, status, occurred_at DESC, id DESC) WHERE status <> 200;
CREATE INDEX request_events_outcomes ON request_events (organization_id, outcome, occurred_at DESC, id DESC) WHERE outcome <> 'ok';
CREATE INDEX request_events_traces ON request_events (organization_id, trace_id, occurred_at DESC) WHERE trace_id IS NOT NULL;

CREATE INDEX "exemption_uses_exemption_id_occurred_at_request_id_idx" ON "exemption_uses"("exemption_id", "occurred_at" DESC, "request_id" DESC);

-- Keys and exemptions may have as many budgets as there are of them; lists leave them out.
CREATE INDEX budgets_listed ON budgets (organization_id, name, id) WHERE key_id IS NULL AND exemption_id IS NULL;

-- The newest requests that a route of the caller's organization decided. Row-level security keeps its index from being
-- used: operators of JSON might tell what a row says.
CREATE FUNCTION routed_events(route text, since timestamptz, until timestamptz, most integer)
RETURNS TABLE (occurred_at timestamptz, id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.occurred_at, e.id FROM request_events e
  WHERE e.organization_id = current_organization() AND e.detail->'route'->>'id' = route
    AND e.occurred_at >= since AND e.occurred_at < until
  ORDER BY e.occurred_at DESC, e.id DESC LIMIT most
$$;
REVOKE ALL ON FUNCTION routed_events(text, timestamptz, timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION routed_events(text, timestamptz, timestamptz, integer) TO gatehouse_app;
