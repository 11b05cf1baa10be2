CREATE TABLE "cache_policies" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "scope" TEXT NOT NULL,
  "target" TEXT,
  "rules" JSONB NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "purged_at" TIMESTAMPTZ(3),
  "archived_at" TIMESTAMPTZ(3),
  CONSTRAINT "cache_policies_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "cache_policies_organization_id_name_idx" ON "cache_policies"("organization_id", "name");
-- One policy decides what it covers.
CREATE UNIQUE INDEX cache_policies_target ON cache_policies (organization_id, scope, coalesce(target, '')) WHERE archived_at IS NULL;

CREATE TABLE "cache_policy_versions" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "policy_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "document" JSONB NOT NULL,
  "changes" JSONB NOT NULL,
  "reason" TEXT NOT NULL,
  "author_kind" TEXT NOT NULL,
  "author_id" TEXT,
  "author_name" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "cache_policy_versions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "cache_policy_versions_policy_id_version_key" ON "cache_policy_versions"("policy_id", "version");
ALTER TABLE "cache_policy_versions" ADD CONSTRAINT "cache_policy_versions_policy_id_fkey"
  FOREIGN KEY ("policy_id") REFERENCES "cache_policies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "cache_rollups" (
  "id" BIGSERIAL NOT NULL,
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "organization_id" UUID NOT NULL,
  "policy_id" UUID NOT NULL,
  "model_id" UUID,
  "hits" BIGINT NOT NULL,
  "misses" BIGINT NOT NULL,
  "bypasses" BIGINT NOT NULL,
  "skipped" BIGINT NOT NULL,
  "saved_nano_usd" BIGINT NOT NULL,
  "saved_tokens" BIGINT NOT NULL,
  "saved_ms" BIGINT NOT NULL,
  "unpriced_hits" BIGINT NOT NULL,
  CONSTRAINT "cache_rollups_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "cache_rollups_organization_id_hour_idx" ON "cache_rollups"("organization_id", "hour");
CREATE UNIQUE INDEX cache_rollups_dimensions ON cache_rollups (organization_id, hour, policy_id, model_id) NULLS NOT DISTINCT;

CREATE TABLE "cache_holdings" (
  "replica_id" UUID NOT NULL,
  "policy_id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "entries" INTEGER NOT NULL,
  "bytes" BIGINT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "cache_holdings_pkey" PRIMARY KEY ("replica_id", "policy_id")
);
ALTER TABLE "cache_holdings" ADD CONSTRAINT "cache_holdings_replica_id_fkey"
  FOREIGN KEY ("replica_id") REFERENCES "gateway_replicas"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT isolate_by_organization(t::regclass)
FROM unnest(ARRAY['cache_policies', 'cache_policy_versions', 'cache_rollups', 'cache_holdings']) AS t;

-- Evidence: written by the functions below alone.
REVOKE INSERT, UPDATE, DELETE ON cache_rollups, cache_holdings FROM gatehouse_app;
REVOKE INSERT, UPDATE ON cache_rollups, cache_holdings FROM gatehouse_system;

-- In the statement that records events, so for those that were really inserted, and exactly once.
CREATE FUNCTION count_cache_outcomes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO cache_rollups AS r (
    hour, organization_id, policy_id, model_id, hits, misses, bypasses, skipped, saved_nano_usd, saved_tokens, saved_ms,
    unpriced_hits)
  SELECT date_trunc('hour', e.occurred_at, 'UTC'), e.organization_id, (e.cache->>'policyId')::uuid, e.model_id,
    count(*) FILTER (WHERE e.cache->>'outcome' = 'hit'), count(*) FILTER (WHERE e.cache->>'outcome' = 'miss'),
    count(*) FILTER (WHERE e.cache->>'outcome' = 'bypass'), count(*) FILTER (WHERE e.cache->>'outcome' = 'skipped'),
    coalesce(sum((e.cache->>'savedNanoUsd')::bigint), 0), coalesce(sum((e.cache->>'savedTokens')::bigint), 0),
    coalesce(sum((e.cache->>'savedMs')::numeric), 0)::bigint,
    count(*) FILTER (WHERE e.cache->>'outcome' = 'hit' AND e.cache->>'savedNanoUsd' IS NULL)
  FROM (
    SELECT i.occurred_at, i.organization_id, i.model_id, i.detail->'cache' AS cache FROM inserted_events i
    WHERE json_typeof(i.detail->'cache') = 'object'
  ) e
  GROUP BY 1, 2, 3, 4
  ON CONFLICT (organization_id, hour, policy_id, model_id) DO UPDATE SET
    hits = r.hits + excluded.hits, misses = r.misses + excluded.misses, bypasses = r.bypasses + excluded.bypasses,
    skipped = r.skipped + excluded.skipped, saved_nano_usd = r.saved_nano_usd + excluded.saved_nano_usd,
    saved_tokens = r.saved_tokens + excluded.saved_tokens, saved_ms = r.saved_ms + excluded.saved_ms,
    unpriced_hits = r.unpriced_hits + excluded.unpriced_hits;
  RETURN NULL;
END
$$;
CREATE TRIGGER request_events_count_cache_outcomes AFTER INSERT ON request_events
  REFERENCING NEW TABLE AS inserted_events FOR EACH STATEMENT EXECUTE FUNCTION count_cache_outcomes();

-- What a replica holds now, in place of what it said before. A replica that ends takes its rows with it.
CREATE FUNCTION report_cache_holdings(replica uuid, holdings json) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM gateway_replicas WHERE id = replica) THEN
    RAISE EXCEPTION 'no replica %', replica USING ERRCODE = 'foreign_key_violation';
  END IF;
  DELETE FROM cache_holdings WHERE replica_id = replica;
  INSERT INTO cache_holdings (replica_id, policy_id, organization_id, entries, bytes, updated_at)
  SELECT replica, h."policyId", h."organizationId", h.entries, h.bytes, now()
  FROM json_to_recordset(holdings) AS h("policyId" uuid, "organizationId" uuid, entries int, bytes bigint);
END
$$;
REVOKE ALL ON FUNCTION count_cache_outcomes(), report_cache_holdings(uuid, json) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION report_cache_holdings(uuid, json) TO gatehouse_gateway;
