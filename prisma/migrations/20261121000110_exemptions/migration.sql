-- AlterTable
ALTER TABLE "budgets" ADD COLUMN     "exemption_id" UUID;

-- CreateTable
CREATE TABLE "exemptions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_target" TEXT NOT NULL,
    "team_id" UUID,
    "person_id" UUID,
    "requester_name" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "scope" JSONB NOT NULL,
    "tier" TEXT,
    "justification" TEXT NOT NULL,
    "risk_method" TEXT NOT NULL,
    "risk_rating" TEXT NOT NULL,
    "risk_text" TEXT NOT NULL,
    "controls" JSONB NOT NULL,
    "spend_cap_nano_usd" BIGINT,
    "request_cap" INTEGER,
    "attestations" JSONB NOT NULL DEFAULT '[]',
    "attention_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'requested',
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "approval_id" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "approved_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "end_reason" TEXT,
    "extensions" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exemptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exemption_uses" (
    "exemption_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "refused" BOOLEAN NOT NULL,
    "cost_nano_usd" BIGINT,

    CONSTRAINT "exemption_uses_pkey" PRIMARY KEY ("exemption_id","request_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "budgets_exemption_id_key" ON "budgets"("exemption_id");

-- CreateIndex
CREATE INDEX "exemptions_organization_id_status_ends_at_idx" ON "exemptions"("organization_id", "status", "ends_at");

-- CreateIndex
CREATE INDEX "exemption_uses_organization_id_occurred_at_idx" ON "exemption_uses"("organization_id", "occurred_at");

-- AddForeignKey
ALTER TABLE "exemption_uses" ADD CONSTRAINT "exemption_uses_exemption_id_fkey" FOREIGN KEY ("exemption_id") REFERENCES "exemptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT isolate_by_organization(t::regclass) FROM unnest(ARRAY['exemptions', 'exemption_uses']) AS t;
-- Nothing is exempted for ever, and nobody deletes what was.
ALTER TABLE exemptions ADD CONSTRAINT exemptions_ends CHECK (starts_at IS NULL OR starts_at < ends_at);
REVOKE DELETE ON exemptions FROM gatehouse_app;

-- Who made use of an exemption comes from recorded requests alone.
REVOKE INSERT, UPDATE, DELETE ON exemption_uses FROM gatehouse_app;
REVOKE INSERT, UPDATE ON exemption_uses FROM gatehouse_system;
CREATE FUNCTION keep_exemption_uses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO exemption_uses (exemption_id, request_id, organization_id, occurred_at, refused, cost_nano_usd)
  SELECT x.id, a.id, a.organization_id, a.occurred_at, false, a.cost_nano_usd
  FROM added a CROSS JOIN LATERAL json_array_elements_text(
    CASE WHEN json_typeof(a.detail->'exemptions') = 'array' THEN a.detail->'exemptions' END) AS named
  JOIN exemptions x ON x.organization_id = a.organization_id AND x.id = named::uuid
  WHERE a.error_code IS DISTINCT FROM 'exemption_spent'
  UNION ALL
  SELECT x.id, a.id, a.organization_id, a.occurred_at, true, NULL
  FROM added a JOIN exemptions x ON x.organization_id = a.organization_id AND a.detail->>'rule' = 'exemption:' || x.id
  WHERE a.error_code = 'exemption_spent'
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER request_events_keep_exemption_uses AFTER INSERT ON request_events
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_exemption_uses();
REVOKE ALL ON FUNCTION keep_exemption_uses() FROM PUBLIC;

-- The spend cap of an exemption is a budget of that exemption with its id, so that no two calls can pass it together.
-- Its scope matches no rollup: what counts is what the exemption's own calls cost.
CREATE FUNCTION keep_exemption_budget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM budgets WHERE exemption_id = OLD.id;
    RETURN NULL;
  END IF;
  INSERT INTO budgets (id, organization_id, name, scope, target, team_id, person_id, exemption_id, "window", limit_nano_usd, thresholds, stop_nano_usd)
  VALUES (NEW.id, NEW.organization_id, NEW.title, 'exemption', NEW.id, NEW.team_id, NEW.person_id, NEW.id,
    '{"kind": "day", "timeZone": "UTC"}', NEW.spend_cap_nano_usd, '[]', NEW.spend_cap_nano_usd);
  RETURN NULL;
END
$$;
CREATE TRIGGER exemptions_keep_budget AFTER INSERT ON exemptions
  FOR EACH ROW WHEN (NEW.spend_cap_nano_usd IS NOT NULL) EXECUTE FUNCTION keep_exemption_budget();
CREATE TRIGGER exemptions_drop_budget AFTER DELETE ON exemptions FOR EACH ROW EXECUTE FUNCTION keep_exemption_budget();
REVOKE ALL ON FUNCTION keep_exemption_budget() FROM PUBLIC;
