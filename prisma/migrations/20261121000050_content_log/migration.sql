ALTER TABLE "tiers" ADD COLUMN "content_retention_days" INTEGER NOT NULL DEFAULT 30;

CREATE TABLE "content_keys" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "wrapped_key" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "retired_at" TIMESTAMPTZ(3),
  "destroyed_at" TIMESTAMPTZ(3),
  CONSTRAINT "content_keys_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "content_keys_destroyed" CHECK (("wrapped_key" IS NULL) = ("destroyed_at" IS NOT NULL))
);
CREATE INDEX "content_keys_organization_id_created_at_idx" ON "content_keys"("organization_id", "created_at" DESC);
CREATE UNIQUE INDEX content_keys_one_active ON content_keys (organization_id) WHERE retired_at IS NULL;

CREATE TABLE "request_contents" (
  "id" UUID NOT NULL,
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  "organization_id" UUID NOT NULL,
  "tier" TEXT NOT NULL,
  "logging" TEXT NOT NULL,
  "key_id" UUID NOT NULL,
  "truncated" BOOLEAN NOT NULL,
  "plain_bytes" INTEGER NOT NULL,
  "sealed" BYTEA NOT NULL,
  CONSTRAINT "request_contents_pkey" PRIMARY KEY ("occurred_at", "id")
) PARTITION BY RANGE ("occurred_at");
-- Ciphertext does not compress: trying would cost time and save nothing.
ALTER TABLE request_contents ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX "request_contents_organization_id_occurred_at_id_idx" ON "request_contents"("organization_id", "occurred_at" DESC, "id" DESC);

CREATE TABLE "content_audits" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "collector" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "effective_at" TIMESTAMPTZ(3) NOT NULL,
  "period_from" TIMESTAMPTZ(3) NOT NULL,
  "period_to" TIMESTAMPTZ(3) NOT NULL,
  "population" INTEGER NOT NULL,
  "sample_size" INTEGER NOT NULL,
  "violations" INTEGER NOT NULL,
  "record" JSONB NOT NULL,
  "sha256" TEXT NOT NULL,
  CONSTRAINT "content_audits_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "content_audits_organization_id_effective_at_idx" ON "content_audits"("organization_id", "effective_at" DESC);

-- What is kept, by day and tier: pages and retention read this instead of the entries.
CREATE TABLE "content_days" (
  "organization_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "tier" TEXT NOT NULL,
  "entries" INTEGER NOT NULL,
  "plain_bytes" BIGINT NOT NULL,
  "sealed_bytes" BIGINT NOT NULL,
  CONSTRAINT "content_days_pkey" PRIMARY KEY ("organization_id", "day", "tier")
);

SELECT isolate_by_organization(t::regclass) FROM unnest(ARRAY[
  'content_keys', 'request_contents', 'content_days', 'content_audits'
]) AS t;

-- Content is written by record_request_events alone, and never changed.
REVOKE INSERT, UPDATE, DELETE ON request_contents, content_days FROM gatehouse_app;
REVOKE INSERT, UPDATE ON request_contents, content_days FROM gatehouse_system;
REVOKE DELETE ON content_keys FROM gatehouse_app;
REVOKE UPDATE, DELETE ON content_audits FROM gatehouse_app;
REVOKE UPDATE ON content_audits FROM gatehouse_system;

CREATE FUNCTION ensure_content_partition(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  name text := 'request_contents_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('request_contents_partitions'));
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF request_contents FOR VALUES FROM (%L) TO (%L)',
    name, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
  EXECUTE format('REVOKE ALL ON %I FROM gatehouse_app, gatehouse_system', name);
END
$$;

-- Drops days older than the given one, and empty days before today; returns how many.
CREATE FUNCTION drop_content_partitions(before date) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  part record;
  kept boolean;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('request_contents_partitions'));
  FOR part IN
    SELECT c.relname AS name, to_date(right(c.relname, 8), 'YYYYMMDD') AS day
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'request_contents'::regclass AND c.relname ~ '^request_contents_\d{8}$'
  LOOP
    kept := part.day >= before;
    IF kept AND part.day < (now() AT TIME ZONE 'UTC')::date - 1 THEN
      EXECUTE format('SELECT EXISTS (SELECT FROM %I)', part.name) INTO kept;
    END IF;
    IF NOT kept THEN
      EXECUTE format('DROP TABLE %I', part.name);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  RETURN dropped;
END
$$;

-- Events with the content of some of them, in one step. Content is taken only with its event, for a tier that keeps
-- content now, and under a key that still exists: what the gateway decided is checked once more where it is stored.
CREATE FUNCTION record_request_events(batch json, contents json) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  inserted integer;
  kept_day date;
BEGIN
  inserted := record_request_events(batch);
  FOR kept_day IN SELECT DISTINCT left(c->>'occurredAt', 10)::date FROM json_array_elements(contents) c LOOP
    PERFORM ensure_content_partition(kept_day);
  END LOOP;
  WITH added AS (
  INSERT INTO request_contents (id, occurred_at, organization_id, tier, logging, key_id, truncated, plain_bytes, sealed)
  SELECT e.id, e.occurred_at, e.organization_id, t.name,
    CASE WHEN c.logging = 'full' AND t.content_logging = 'full' THEN 'full' ELSE 'restricted' END,
    k.id, c.truncated, c."plainBytes", decode(c.sealed, 'base64')
  FROM json_to_recordset(contents) AS c(
    id uuid, "occurredAt" timestamptz, "organizationId" uuid, logging text, "keyId" uuid, truncated boolean,
    "plainBytes" int, sealed text)
  JOIN request_events e ON e.occurred_at = c."occurredAt" AND e.id = c.id AND e.organization_id = c."organizationId"
  JOIN tiers t ON t.organization_id = e.organization_id AND t.name = e.data_class
    AND t.content_logging IN ('full', 'restricted')
  JOIN content_keys k ON k.organization_id = e.organization_id AND k.id = c."keyId" AND k.destroyed_at IS NULL
  WHERE c.logging IN ('full', 'restricted')
  ON CONFLICT (occurred_at, id) DO NOTHING
  RETURNING organization_id, occurred_at, tier, plain_bytes, octet_length(sealed) AS sealed_bytes
  )
  INSERT INTO content_days AS d (organization_id, day, tier, entries, plain_bytes, sealed_bytes)
  SELECT organization_id, (occurred_at AT TIME ZONE 'UTC')::date, tier, count(*), sum(plain_bytes), sum(sealed_bytes)
  FROM added GROUP BY 1, 2, 3
  ON CONFLICT (organization_id, day, tier) DO UPDATE SET
    entries = d.entries + excluded.entries, plain_bytes = d.plain_bytes + excluded.plain_bytes,
    sealed_bytes = d.sealed_bytes + excluded.sealed_bytes;
  RETURN inserted;
END
$$;

REVOKE ALL ON FUNCTION record_request_events(json, json), ensure_content_partition(date), drop_content_partitions(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_request_events(json, json) TO gatehouse_gateway, gatehouse_system;
GRANT EXECUTE ON FUNCTION ensure_content_partition(date), drop_content_partitions(date) TO gatehouse_system;
