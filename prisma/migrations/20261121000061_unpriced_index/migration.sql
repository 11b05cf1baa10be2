-- Rollups with unpriced requests are few among many; Home asks for them on every visit.
CREATE INDEX usage_rollups_unpriced ON usage_rollups (organization_id, hour) WHERE unpriced_requests > 0;
