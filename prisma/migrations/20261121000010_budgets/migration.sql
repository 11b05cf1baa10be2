-- CreateTable
CREATE TABLE "budgets" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "target" TEXT,
    "team_id" UUID,
    "person_id" UUID,
    "window" JSONB NOT NULL,
    "limit_nano_usd" BIGINT NOT NULL,
    "thresholds" JSONB NOT NULL,
    "stop_nano_usd" BIGINT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "budgets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "budget_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "author_kind" TEXT NOT NULL,
    "author_id" TEXT,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_increase_requests" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "budget_id" UUID NOT NULL,
    "requester_id" UUID NOT NULL,
    "requester_name" TEXT NOT NULL,
    "limit_before_nano_usd" BIGINT NOT NULL,
    "limit_nano_usd" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "decider_id" TEXT,
    "decider_name" TEXT,
    "decision_reason" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_increase_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_periods" (
    "budget_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "organization_id" UUID NOT NULL,
    "stop_nano_usd" BIGINT,
    "spent_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "leased_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "wanted_at" TIMESTAMPTZ(3),

    CONSTRAINT "budget_periods_pkey" PRIMARY KEY ("budget_id","starts_at")
);

-- CreateTable
CREATE TABLE "budget_leases" (
    "budget_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "replica_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "left_nano_usd" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "budget_leases_pkey" PRIMARY KEY ("budget_id","starts_at","replica_id")
);

-- CreateIndex
CREATE INDEX "budgets_organization_id_name_idx" ON "budgets"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "budget_versions_budget_id_version_key" ON "budget_versions"("budget_id", "version");

-- CreateIndex
CREATE INDEX "budget_increase_requests_budget_id_created_at_idx" ON "budget_increase_requests"("budget_id", "created_at");

-- AddForeignKey
ALTER TABLE "budget_versions" ADD CONSTRAINT "budget_versions_budget_id_fkey" FOREIGN KEY ("budget_id") REFERENCES "budgets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_increase_requests" ADD CONSTRAINT "budget_increase_requests_budget_id_fkey" FOREIGN KEY ("budget_id") REFERENCES "budgets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_periods" ADD CONSTRAINT "budget_periods_budget_id_fkey" FOREIGN KEY ("budget_id") REFERENCES "budgets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_leases" ADD CONSTRAINT "budget_leases_budget_id_starts_at_fkey" FOREIGN KEY ("budget_id", "starts_at") REFERENCES "budget_periods"("budget_id", "starts_at") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT isolate_by_organization(t::regclass) FROM unnest(ARRAY[
  'budgets', 'budget_versions', 'budget_increase_requests', 'budget_periods', 'budget_leases'
]) AS t;

-- What is spent and leased is changed by the functions below alone; a changed limit reaches the open period.
REVOKE INSERT, UPDATE, DELETE ON budget_periods, budget_leases FROM gatehouse_app;
GRANT UPDATE (stop_nano_usd) ON budget_periods TO gatehouse_app;
-- A history is not rewritten.
REVOKE UPDATE, DELETE ON budget_versions FROM gatehouse_app;

ALTER TABLE budget_periods ADD CONSTRAINT budget_periods_amounts CHECK (spent_nano_usd >= 0 AND leased_nano_usd >= 0);
ALTER TABLE budget_leases ADD CONSTRAINT budget_leases_left CHECK (left_nano_usd >= 0);
CREATE INDEX budget_leases_replica ON budget_leases (replica_id);

-- Same formula as core/budgets/lease.ts: nothing when the need does not fit, else the need and some ahead of it, but
-- no more ahead than an eighth of what is free.
CREATE FUNCTION budget_slice(free bigint, need bigint, want bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN free <= 0 OR free < need THEN 0 ELSE greatest(need, least(want, free / 8)) END
$$;

-- What requests that a budget covers have cost, by whole hours.
CREATE FUNCTION budget_rollup_cost(budget budgets, from_hour timestamptz, to_hour timestamptz) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(r.cost_nano_usd), 0)::bigint FROM usage_rollups r
  WHERE r.organization_id = budget.organization_id AND r.hour >= from_hour AND r.hour < to_hour
    AND (budget.scope = 'organization' OR budget.target = CASE budget.scope
      WHEN 'team' THEN r.team_id::text WHEN 'person' THEN r.person_id::text WHEN 'key' THEN r.key_id::text
      WHEN 'agent' THEN r.agent_id::text WHEN 'model' THEN r.model_id::text WHEN 'provider' THEN r.provider_id::text
      WHEN 'workload' THEN r.workload WHEN 'useCase' THEN r.use_case END)
$$;

-- A gateway replica's word on one period of a budget, and what it gets. `claim` is the most that can be left of its
-- lease (what it holds and what it spent but has not shipped): the rest goes back, so an answer that never arrived is
-- given back by the next call; `kept` is false when it has no lease, so what it thought it held is gone. Leases of others that ran out go back too, unless Postgres itself was away. Then a
-- slice is granted in one conditional UPDATE. Nothing comes back for a budget that is archived or unknown.
CREATE FUNCTION take_budget_lease(
  budget uuid, starts timestamptz, ends timestamptz, replica uuid, claim bigint, need bigint, want bigint, ttl interval,
  OUT granted bigint, OUT spent bigint, OUT leased bigint, OUT stop_amount bigint, OUT wanted boolean, OUT kept boolean
) RETURNS SETOF record LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  b budgets;
  p budget_periods;
  held bigint;
  freed bigint;
  free bigint;
  moment timestamptz;
BEGIN
  SELECT * INTO b FROM budgets WHERE id = take_budget_lease.budget AND archived_at IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO p FROM budget_periods WHERE budget_id = b.id AND starts_at = starts FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO budget_periods (budget_id, starts_at, ends_at, organization_id, stop_nano_usd, spent_nano_usd)
    VALUES (b.id, starts, ends, b.organization_id, b.stop_nano_usd, budget_rollup_cost(b, starts, ends))
    ON CONFLICT DO NOTHING;
    SELECT * INTO p FROM budget_periods WHERE budget_id = b.id AND starts_at = starts FOR UPDATE;
  END IF;
  moment := clock_timestamp();

  -- The period's row is locked, and its leases are changed by nobody without that lock.
  SELECT left_nano_usd INTO held FROM budget_leases l
  WHERE l.budget_id = b.id AND l.starts_at = starts AND l.replica_id = replica;
  kept := FOUND;
  freed := greatest(0, coalesce(held, 0) - greatest(claim, 0));
  UPDATE budget_leases l SET left_nano_usd = left_nano_usd - freed, expires_at = moment + ttl
  WHERE l.budget_id = b.id AND l.starts_at = starts AND l.replica_id = replica;
  WITH expired AS (
    DELETE FROM budget_leases l
    WHERE l.budget_id = b.id AND l.starts_at = starts AND l.replica_id <> replica AND l.expires_at < moment
      AND pg_postmaster_start_time() < moment - ttl
    RETURNING l.left_nano_usd
  )
  SELECT freed + coalesce(sum(left_nano_usd), 0) INTO freed FROM expired;

  free := p.stop_nano_usd - p.spent_nano_usd - p.leased_nano_usd + freed;
  granted := CASE WHEN free IS NULL THEN 0 ELSE budget_slice(free, need, want) END;
  wanted := need > coalesce(free, need);
  UPDATE budget_periods w SET leased_nano_usd = w.leased_nano_usd - freed + granted,
    wanted_at = CASE WHEN wanted THEN moment ELSE w.wanted_at END
  WHERE w.budget_id = b.id AND w.starts_at = starts
    AND (w.stop_nano_usd IS NULL OR granted = 0 OR w.spent_nano_usd + w.leased_nano_usd - freed + granted <= w.stop_nano_usd)
  RETURNING w.spent_nano_usd, w.leased_nano_usd, w.stop_nano_usd,
    coalesce(w.wanted_at > moment - interval '2 seconds' OR w.spent_nano_usd + w.leased_nano_usd > w.stop_nano_usd, false)
  INTO STRICT spent, leased, stop_amount, wanted;
  IF granted > 0 THEN
    INSERT INTO budget_leases AS l (budget_id, starts_at, replica_id, organization_id, left_nano_usd, expires_at)
    VALUES (b.id, starts, replica, b.organization_id, granted, moment + ttl)
    ON CONFLICT (budget_id, starts_at, replica_id)
    DO UPDATE SET left_nano_usd = l.left_nano_usd + excluded.left_nano_usd, expires_at = excluded.expires_at;
  END IF;
  RETURN NEXT;
END
$$;

-- A replica that ends gives all it holds back.
CREATE FUNCTION return_budget_leases(replica uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM budget_periods p WHERE EXISTS (
    SELECT 1 FROM budget_leases l WHERE l.budget_id = p.budget_id AND l.starts_at = p.starts_at AND l.replica_id = replica)
  ORDER BY p.budget_id, p.starts_at FOR UPDATE;
  WITH ended AS (DELETE FROM budget_leases WHERE replica_id = replica RETURNING budget_id, starts_at, left_nano_usd)
  UPDATE budget_periods p SET leased_nano_usd = p.leased_nano_usd - e.left_nano_usd
  FROM ended e WHERE e.budget_id = p.budget_id AND e.starts_at = p.starts_at;
END
$$;

-- An id as core/ids.ts makes them: UUIDv7 by RFC 9562, ordered by the millisecond.
CREATE FUNCTION new_record_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Tells finance, administrators and the team's leads, once a period, that a threshold was reached.
CREATE FUNCTION note_budget_thresholds(budget budgets, starts timestamptz, before bigint, after bigint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  noted integer;
BEGIN
  INSERT INTO notices (id, organization_id, person_id, kind, title, detail, href, occasion)
  SELECT new_record_id(), budget.organization_id, person.id, 'budget',
    format('%s has spent USD %s of USD %s', budget.name,
      to_char(after / 1e9, 'FM999,999,999,990.00'), to_char(budget.limit_nano_usd / 1e9, 'FM999,999,999,990.00')),
    CASE t.action WHEN 'stop' THEN 'Calls it covers are refused from now on.'
      WHEN 'throttle' THEN 'Calls it covers are paced from now on.'
      WHEN 'downgrade' THEN 'Calls it covers go to the cheaper equivalent where a route allows it.'
      ELSE 'Nothing changes for callers yet.' END,
    '/finance/budgets/' || budget.id, format('budget:%s:%s:%s:%s', budget.id, starts, t."atNanoUsd", t.action)
  FROM jsonb_to_recordset(budget.thresholds) AS t("atNanoUsd" bigint, action text)
  JOIN people person ON person.organization_id = budget.organization_id AND person.status = 'active' AND (
    person.roles && ARRAY['finance', 'administrator'] OR EXISTS (
      SELECT 1 FROM memberships m WHERE m.person_id = person.id AND m.team_id = budget.team_id AND m.kind = 'lead'))
  WHERE t."atNanoUsd" > before AND t."atNanoUsd" <= after
  ON CONFLICT (organization_id, person_id, occasion) DO NOTHING;
  GET DIAGNOSTICS noted = ROW_COUNT;
  IF noted > 0 THEN
    PERFORM pg_notify('gatehouse_live', json_build_object('topic', 'notices', 'organizationId', budget.organization_id)::text);
  END IF;
END
$$;

-- Recorded requests name the budgets they were admitted by. Since an event is recorded once, so is its cost: it moves
-- from the replica's lease to what is spent. A cost that no lease covers (the lease had run out) is spent all the same.
CREATE FUNCTION charge_budgets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c record;
  b budgets;
  p budget_periods;
  taken bigint;
BEGIN
  FOR c IN
    SELECT (named->>'id')::uuid AS budget, (named->>'periodStart')::timestamptz AS starts, a.replica_id AS replica,
      a.organization_id AS organization, sum(a.cost_nano_usd)::bigint AS cost
    FROM added a CROSS JOIN LATERAL json_array_elements(
      CASE json_typeof(a.detail->'budgets') WHEN 'array' THEN a.detail->'budgets' ELSE '[]'::json END) named
    WHERE a.cost_nano_usd > 0
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
  LOOP
    SELECT * INTO p FROM budget_periods
    WHERE budget_id = c.budget AND starts_at = c.starts AND organization_id = c.organization FOR UPDATE;
    CONTINUE WHEN NOT FOUND;
    SELECT least(l.left_nano_usd, c.cost) INTO taken FROM budget_leases l
    WHERE l.budget_id = c.budget AND l.starts_at = c.starts AND l.replica_id = c.replica;
    UPDATE budget_leases l SET left_nano_usd = l.left_nano_usd - taken
    WHERE l.budget_id = c.budget AND l.starts_at = c.starts AND l.replica_id = c.replica;
    UPDATE budget_periods w SET spent_nano_usd = w.spent_nano_usd + c.cost,
      leased_nano_usd = w.leased_nano_usd - coalesce(taken, 0)
    WHERE w.budget_id = c.budget AND w.starts_at = c.starts;
    SELECT * INTO b FROM budgets WHERE id = c.budget;
    PERFORM note_budget_thresholds(b, c.starts, p.spent_nano_usd, p.spent_nano_usd + c.cost);
  END LOOP;
  RETURN NULL;
END
$$;
CREATE TRIGGER request_events_charge_budgets AFTER INSERT ON request_events
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION charge_budgets();

REVOKE ALL ON FUNCTION take_budget_lease(uuid, timestamptz, timestamptz, uuid, bigint, bigint, bigint, interval),
  return_budget_leases(uuid), note_budget_thresholds(budgets, timestamptz, bigint, bigint), charge_budgets() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_budget_lease(uuid, timestamptz, timestamptz, uuid, bigint, bigint, bigint, interval),
  return_budget_leases(uuid) TO gatehouse_gateway;
