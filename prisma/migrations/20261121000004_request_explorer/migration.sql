-- One person's requests, as everyone may see their own.
CREATE INDEX "request_events_organization_id_person_id_occurred_at_idx" ON "request_events"("organization_id", "person_id", "occurred_at" DESC);

-- Refused and failed requests are few among many; only they are in this index.
CREATE INDEX request_events_failures ON request_events (organization_id, occurred_at DESC, id DESC) WHERE status >= 400;

-- Looking for one error code among all requests.
CREATE INDEX request_events_error_codes ON request_events (organization_id, error_code, occurred_at DESC) WHERE error_code IS NOT NULL;
