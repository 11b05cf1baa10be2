-- AlterTable
ALTER TABLE "budgets" ADD COLUMN     "key_id" UUID;

-- CreateTable
CREATE TABLE "rate_limits" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "target" UUID,
    "team_id" UUID,
    "person_id" UUID,
    "measure" TEXT NOT NULL,
    "window" TEXT,
    "limit" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "rate_limit_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "author_kind" TEXT NOT NULL,
    "author_id" TEXT,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rate_limit_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit_hits" (
    "rate_limit_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "key_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "hits" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limit_hits_pkey" PRIMARY KEY ("rate_limit_id","hour","key_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "budgets_key_id_key" ON "budgets"("key_id");

-- CreateIndex
CREATE INDEX "rate_limits_organization_id_name_idx" ON "rate_limits"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_versions_rate_limit_id_version_key" ON "rate_limit_versions"("rate_limit_id", "version");

-- AddForeignKey
ALTER TABLE "rate_limit_hits" ADD CONSTRAINT "rate_limit_hits_rate_limit_id_fkey" FOREIGN KEY ("rate_limit_id") REFERENCES "rate_limits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rate_limit_versions" ADD CONSTRAINT "rate_limit_versions_rate_limit_id_fkey" FOREIGN KEY ("rate_limit_id") REFERENCES "rate_limits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT isolate_by_organization(t::regclass) FROM unnest(ARRAY['rate_limits', 'rate_limit_versions', 'rate_limit_hits']) AS t;
ALTER TABLE rate_limits ADD CONSTRAINT rate_limits_limit CHECK ("limit" > 0);
-- A history is not rewritten.
REVOKE UPDATE, DELETE ON rate_limit_versions FROM gatehouse_app;

-- Who ran into a limit comes from recorded requests alone.
REVOKE INSERT, UPDATE, DELETE ON rate_limit_hits FROM gatehouse_app;
REVOKE INSERT, UPDATE ON rate_limit_hits FROM gatehouse_system;
CREATE FUNCTION count_rate_limit_hits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO rate_limit_hits AS h (rate_limit_id, hour, key_id, organization_id, hits, last_at)
  SELECT l.id, date_trunc('hour', a.occurred_at, 'UTC'), a.key_id, a.organization_id, count(*), max(a.occurred_at)
  FROM added a JOIN rate_limits l ON l.organization_id = a.organization_id AND a.detail->>'rule' = 'rate_limit:' || l.id
  WHERE a.error_code = 'rate_limit_exceeded' AND a.key_id IS NOT NULL
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
  ON CONFLICT (rate_limit_id, hour, key_id)
  DO UPDATE SET hits = h.hits + excluded.hits, last_at = greatest(h.last_at, excluded.last_at);
  RETURN NULL;
END
$$;
CREATE TRIGGER request_events_count_rate_limit_hits AFTER INSERT ON request_events
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_rate_limit_hits();
REVOKE ALL ON FUNCTION count_rate_limit_hits() FROM PUBLIC;

-- A key's daily limit is a budget of that key with the key's id; it is as old as the key, and never changes.
CREATE FUNCTION keep_key_budget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM budgets WHERE key_id = OLD.id;
    RETURN NULL;
  END IF;
  INSERT INTO budgets (id, organization_id, name, scope, target, team_id, person_id, key_id, "window", limit_nano_usd, thresholds, stop_nano_usd)
  VALUES (NEW.id, NEW.organization_id, NEW.name, 'key', NEW.id, NEW.team_id, NEW.person_id, NEW.id,
    '{"kind": "day", "timeZone": "UTC"}', NEW.daily_limit_nano_usd, '[]', NEW.daily_limit_nano_usd);
  RETURN NULL;
END
$$;
CREATE TRIGGER api_keys_keep_budget AFTER INSERT ON api_keys
  FOR EACH ROW WHEN (NEW.daily_limit_nano_usd IS NOT NULL) EXECUTE FUNCTION keep_key_budget();
CREATE TRIGGER api_keys_drop_budget AFTER DELETE ON api_keys FOR EACH ROW EXECUTE FUNCTION keep_key_budget();
REVOKE ALL ON FUNCTION keep_key_budget() FROM PUBLIC;

INSERT INTO budgets (id, organization_id, name, scope, target, team_id, person_id, key_id, "window", limit_nano_usd, thresholds, stop_nano_usd)
SELECT id, organization_id, name, 'key', id, team_id, person_id, id, '{"kind": "day", "timeZone": "UTC"}', daily_limit_nano_usd,
  '[]', daily_limit_nano_usd
FROM api_keys WHERE daily_limit_nano_usd IS NOT NULL;

DROP FUNCTION key_spend_since(timestamptz);
