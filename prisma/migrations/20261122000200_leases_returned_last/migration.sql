-- A gateway replica's word on one period of a budget, and what it gets. `claim` is the most that can be left of its
-- lease (what it holds and what it spent but has not shipped): the rest goes back, so an answer that never arrived is
-- given back by the next call; `kept` is false when it has no lease, so what it thought it held is gone. Leases of
-- others that ran out go back too, unless Postgres itself was away. Then a slice is granted in one conditional UPDATE.
-- Nothing comes back for a budget that is archived or unknown.
CREATE OR REPLACE FUNCTION take_budget_lease(
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
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('budget_leases ' || replica, 0));
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

-- A replica that ends gives all it holds back, once every ask of it has come to its end: one that was given up there,
-- because its connection broke or nobody answered in time, may still wait here for a period and be granted something.
CREATE OR REPLACE FUNCTION return_budget_leases(replica uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('budget_leases ' || replica, 0));
  PERFORM 1 FROM budget_periods p WHERE EXISTS (
    SELECT 1 FROM budget_leases l WHERE l.budget_id = p.budget_id AND l.starts_at = p.starts_at AND l.replica_id = replica)
  ORDER BY p.budget_id, p.starts_at FOR UPDATE;
  WITH ended AS (DELETE FROM budget_leases WHERE replica_id = replica RETURNING budget_id, starts_at, left_nano_usd)
  UPDATE budget_periods p SET leased_nano_usd = p.leased_nano_usd - e.left_nano_usd
  FROM ended e WHERE e.budget_id = p.budget_id AND e.starts_at = p.starts_at;
END
$$;
