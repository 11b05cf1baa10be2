CREATE TABLE "open_breakers" (
  "model_id" UUID NOT NULL,
  "replica_id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "open_breakers_pkey" PRIMARY KEY ("model_id", "replica_id")
);

CREATE TABLE "failovers" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "model_id" UUID NOT NULL,
  "substitute_id" UUID,
  "reason" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "failovers_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "failovers_organization_id_started_at_idx" ON "failovers"("organization_id", "started_at" DESC);

CREATE TABLE "failover_drill_plans" (
  "organization_id" UUID NOT NULL,
  "enabled" BOOLEAN NOT NULL,
  "every" TEXT NOT NULL,
  "hour" INTEGER NOT NULL,
  "bound_ms" INTEGER NOT NULL,
  "model_ids" UUID[],
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "failover_drill_plans_pkey" PRIMARY KEY ("organization_id")
);

CREATE TABLE "failover_drills" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "model_id" UUID NOT NULL,
  "model_name" TEXT NOT NULL,
  "occasion" TEXT NOT NULL,
  "started_by_name" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "bound_ms" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "started_at" TIMESTAMPTZ(3),
  "alive_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),
  "phase" TEXT,
  "recovery_ms" INTEGER,
  "failure" TEXT,
  "evidence" JSONB,
  "evidence_hash" TEXT,
  CONSTRAINT "failover_drills_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "failover_drills_organization_id_created_at_id_idx"
  ON "failover_drills"("organization_id", "created_at" DESC, "id" DESC);

SELECT isolate_by_organization(t::regclass) FROM unnest(ARRAY[
  'open_breakers', 'failovers', 'failover_drill_plans', 'failover_drills'
]) AS t;

-- What gateways saw is written by the functions below alone.
REVOKE INSERT, UPDATE, DELETE ON open_breakers, failovers FROM gatehouse_app;
CREATE UNIQUE INDEX failovers_active ON failovers (model_id) WHERE ended_at IS NULL;
-- Two simulated outages at once would measure each other.
CREATE UNIQUE INDEX failover_drills_open ON failover_drills (organization_id) WHERE ended_at IS NULL;

ALTER TABLE failover_drills ADD CONSTRAINT failover_drills_ended CHECK (
  (ended_at IS NULL) = (state IN ('waiting', 'running'))
  AND (ended_at IS NULL OR (evidence IS NOT NULL AND evidence_hash IS NOT NULL)));
REVOKE DELETE ON failover_drills FROM gatehouse_app;

-- A drill that has ended is evidence.
CREATE FUNCTION refuse_drill_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A failover drill that has ended is evidence and does not change' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER failover_drills_ended_stay BEFORE UPDATE ON failover_drills
  FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION refuse_drill_change();

-- Tells the teams that use a deployment, and Operations, once an occasion.
CREATE FUNCTION note_failover(failover failovers, turn text, headline text, words text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO notices (id, organization_id, person_id, kind, title, detail, href, occasion)
  SELECT new_record_id(), failover.organization_id, person.id, 'failover', headline, words,
    '/operate/deployments', format('failover:%s:%s', failover.id, turn)
  FROM people person
  WHERE person.organization_id = failover.organization_id AND person.status = 'active' AND (
    'operations' = ANY(person.roles) OR EXISTS (
      SELECT FROM memberships m WHERE m.person_id = person.id AND m.team_id IN (
        SELECT r.team_id FROM usage_rollups r
        WHERE r.organization_id = failover.organization_id AND r.model_id = failover.model_id
          AND r.hour > failover.started_at - interval '7 days'
        UNION
        SELECT k.team_id FROM api_keys k
        WHERE k.organization_id = failover.organization_id AND failover.model_id = ANY(k.model_ids)
          AND k.revoked_at IS NULL AND k.expires_at > now())))
  ON CONFLICT (organization_id, person_id, occasion) DO NOTHING;
  PERFORM pg_notify('gatehouse_live', json_build_object('topic', topic, 'organizationId', failover.organization_id)::text)
  FROM unnest(ARRAY['notices', 'fleet']) AS topic;
END
$$;

-- Ends a deployment's failover when no replica holds its circuit open any more. The caller holds the deployment's lock.
CREATE FUNCTION end_failover(model uuid) RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  ended failovers;
BEGIN
  UPDATE failovers f SET ended_at = clock_timestamp()
  WHERE f.model_id = end_failover.model AND f.ended_at IS NULL
    AND NOT EXISTS (SELECT FROM open_breakers b WHERE b.model_id = f.model_id)
  RETURNING * INTO ended;
  IF ended.id IS NULL THEN RETURN false; END IF;
  PERFORM note_failover(ended, 'end',
    format('%s answers again', (SELECT m.identifier FROM models m WHERE m.id = ended.model_id)),
    format('Calls go to it as before. It was out of use for %s.', CASE
      WHEN ended.ended_at - ended.started_at < interval '2 minutes'
        THEN format('%s s', greatest(1, extract(epoch FROM ended.ended_at - ended.started_at)::int))
      ELSE format('%s minutes', (extract(epoch FROM ended.ended_at - ended.started_at) / 60)::int) END));
  RETURN true;
END
$$;

-- A replica's word on the circuit of one deployment: open, half_open or closed. The first replica that opens begins the
-- failover, the last one that closes ends it; each is told to people once. What is said twice changes nothing.
CREATE FUNCTION report_breaker(organization uuid, model uuid, replica uuid, state text, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  deployment models;
  substitute models;
  begun failovers;
BEGIN
  IF state NOT IN ('open', 'half_open', 'closed') THEN
    RAISE EXCEPTION 'A circuit is open, half_open or closed, not %', state USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT * INTO deployment FROM models m WHERE m.id = report_breaker.model AND m.organization_id = organization;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(model::text, 31));
  IF state = 'closed' THEN
    DELETE FROM open_breakers b WHERE b.model_id = deployment.id AND b.replica_id = replica;
    PERFORM end_failover(deployment.id);
    RETURN;
  END IF;
  INSERT INTO open_breakers (model_id, replica_id, organization_id, since)
  VALUES (deployment.id, replica, organization, clock_timestamp()) ON CONFLICT DO NOTHING;
  SELECT m.* INTO substitute FROM jsonb_array_elements(deployment.substitutes) WITH ORDINALITY AS s(entry, place)
  JOIN models m ON m.id = (s.entry->>'modelId')::uuid AND m.organization_id = organization
  WHERE s.entry->'when' ? 'outage' AND m.lifecycle NOT IN ('proposed', 'under_review', 'blocked')
  ORDER BY s.place LIMIT 1;
  INSERT INTO failovers (id, organization_id, model_id, substitute_id, reason, started_at)
  VALUES (new_record_id(), organization, deployment.id, substitute.id, left(report_breaker.reason, 300), clock_timestamp())
  ON CONFLICT (model_id) WHERE ended_at IS NULL DO NOTHING RETURNING * INTO begun;
  IF begun.id IS NULL THEN RETURN; END IF;
  PERFORM note_failover(begun, 'start', format('%s does not answer', deployment.identifier), CASE
    WHEN substitute.id IS NULL THEN 'No equivalent is set for an outage: calls of it fail until it is back.'
    ELSE format('Calls of it go to %s until it is back.', substitute.identifier) END);
END
$$;

-- Forgets what replicas that are gone held open, and ends failovers that rested on them alone. Returns how many ended.
CREATE FUNCTION end_orphaned_failovers(silence interval) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  ended integer := 0;
  model uuid;
BEGIN
  FOR model IN SELECT f.model_id FROM failovers f WHERE f.ended_at IS NULL ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended(model::text, 31));
    DELETE FROM open_breakers b WHERE b.model_id = model AND NOT EXISTS (
      SELECT FROM gateway_replicas r WHERE r.id = b.replica_id AND r.last_seen_at > now() - silence);
    IF end_failover(model) THEN ended := ended + 1; END IF;
  END LOOP;
  RETURN ended;
END
$$;

REVOKE ALL ON FUNCTION note_failover(failovers, text, text, text), end_failover(uuid),
  report_breaker(uuid, uuid, uuid, text, text), end_orphaned_failovers(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION report_breaker(uuid, uuid, uuid, text, text) TO gatehouse_gateway;
GRANT EXECUTE ON FUNCTION end_orphaned_failovers(interval) TO gatehouse_system;
