-- The content of one tier is listed without a look at that of the others, of which there may be a thousand times as much.
CREATE INDEX "request_contents_organization_id_tier_occurred_at_id_idx" ON "request_contents"("organization_id", "tier", "occurred_at" DESC, "id" DESC);
