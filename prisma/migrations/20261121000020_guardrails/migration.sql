ALTER TABLE "api_keys" ADD COLUMN "tier" TEXT;

CREATE TABLE "tiers" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "rank" INTEGER NOT NULL,
  "content_logging" TEXT NOT NULL,
  "cacheable" BOOLEAN NOT NULL,
  "regions" TEXT[],
  "provider_ids" UUID[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "tiers_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "tiers_organization_id_name_key" ON "tiers"("organization_id", "name");
CREATE UNIQUE INDEX "tiers_organization_id_rank_key" ON "tiers"("organization_id", "rank");

CREATE TABLE "guardrails" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "detector" TEXT NOT NULL,
  "enabled" BOOLEAN NOT NULL,
  "shadow" BOOLEAN NOT NULL,
  "actions" JSONB NOT NULL,
  "raise_to" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "guardrails_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "guardrails_organization_id_detector_key" ON "guardrails"("organization_id", "detector");

CREATE TABLE "detector_patterns" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "slug" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "pattern" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "detector_patterns_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "detector_patterns_organization_id_slug_key" ON "detector_patterns"("organization_id", "slug");

CREATE TABLE "dlp_events" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  "request_id" UUID NOT NULL,
  "detector" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "location" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "shadow" BOOLEAN NOT NULL,
  "count" INTEGER NOT NULL,
  "tier" TEXT,
  "key_id" UUID,
  "team_id" UUID,
  "person_id" UUID,
  "model_id" UUID,
  "workload" TEXT,
  "status" INTEGER NOT NULL,
  "feedback" TEXT,
  "feedback_note" TEXT,
  "feedback_by" TEXT,
  "feedback_at" TIMESTAMPTZ(3),
  CONSTRAINT "dlp_events_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "dlp_events_organization_id_occurred_at_id_idx" ON "dlp_events"("organization_id", "occurred_at" DESC, "id" DESC);
CREATE INDEX "dlp_events_organization_id_detector_occurred_at_idx" ON "dlp_events"("organization_id", "detector", "occurred_at" DESC);

SELECT isolate_by_organization(t::regclass) FROM unnest(ARRAY['tiers', 'guardrails', 'detector_patterns', 'dlp_events']) AS t;

-- Evidence: portals add their judgement of a finding to it, and nothing else.
REVOKE INSERT, UPDATE, DELETE ON dlp_events FROM gatehouse_app;
GRANT UPDATE (feedback, feedback_note, feedback_by, feedback_at) ON dlp_events TO gatehouse_app;
REVOKE INSERT, UPDATE ON dlp_events FROM gatehouse_system;
GRANT UPDATE (feedback, feedback_note, feedback_by, feedback_at) ON dlp_events TO gatehouse_system;

-- In the statement that records events, so for those that were really inserted, and exactly once. A trigger, so that
-- whatever else record_request_events comes to do, findings are kept.
CREATE FUNCTION keep_dlp_events() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO dlp_events (
    id, organization_id, occurred_at, request_id, detector, kind, location, action, shadow, count, tier, key_id,
    team_id, person_id, model_id, workload, status)
  SELECT gen_random_uuid(), e.organization_id, e.occurred_at, e.id, f->>'detector', f->>'kind', f->>'location',
    f->>'action', (f->>'shadow')::boolean, (f->>'count')::int, e.data_class, e.key_id, e.team_id, e.person_id,
    e.model_id, e.workload, e.status
  FROM inserted_events e CROSS JOIN LATERAL json_array_elements(
    CASE WHEN json_typeof(e.detail->'findings') = 'array' THEN e.detail->'findings' END) AS f;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION keep_dlp_events() FROM PUBLIC;
CREATE TRIGGER request_events_keep_dlp_events AFTER INSERT ON request_events
  REFERENCING NEW TABLE AS inserted_events FOR EACH STATEMENT EXECUTE FUNCTION keep_dlp_events();
