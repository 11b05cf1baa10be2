-- Gateways copy events as rows into a table of their connection, and what an event moves is in columns: reading a batch
-- as JSON took most of what recording it takes, and reading what each event says again, once for each thing that it
-- moves, took most of the rest.

ALTER TABLE request_events
  ADD COLUMN budget_ids uuid[],
  ADD COLUMN budget_periods timestamptz(3)[],
  ADD COLUMN budget_calls smallint[],
  ADD COLUMN model_version text,
  ADD COLUMN stage_us integer[];

DROP FUNCTION record_request_events(json, date[]);

-- The table that a connection copies events into; it is empty at every commit. It belongs to the owner of these
-- functions, so that nobody else says what is in it.
CREATE FUNCTION prepare_event_copy() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF to_regclass('pg_temp.copied_request_events') IS NULL THEN
    CREATE TEMP TABLE copied_request_events (LIKE request_events) ON COMMIT DELETE ROWS;
    GRANT INSERT ON pg_temp.copied_request_events TO gatehouse_gateway;
  END IF;
END
$$;

-- Fails unless the table was made by the function for it: what a caller makes itself could be anything.
CREATE FUNCTION expect_own_copy(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT relowner FROM pg_class WHERE oid = to_regclass('pg_temp.' || name))
    IS DISTINCT FROM (SELECT oid FROM pg_roles WHERE rolname = current_user) THEN
    RAISE EXCEPTION 'there is no % of the owner', name;
  END IF;
END
$$;

-- Inserts what was copied exactly once (ids and times come from the gateway, so a batch sent twice changes nothing),
-- adds what was really inserted to the rollups, and tells the portals. Returns the number inserted.
CREATE FUNCTION record_copied_events() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  inserted integer;
  told_count integer;
  day date;
BEGIN
  PERFORM expect_own_copy('copied_request_events');
  -- One batch at a time: replicas that add to the same rollup rows would deadlock otherwise.
  PERFORM pg_advisory_xact_lock(hashtext('record_request_events'));
  FOR day IN SELECT DISTINCT (occurred_at AT TIME ZONE 'UTC')::date FROM pg_temp.copied_request_events LOOP
    PERFORM ensure_event_partition(day);
  END LOOP;

  WITH added AS (
    INSERT INTO request_events (
      id, occurred_at, organization_id, replica_id, key_id, team_id, person_id, agent_id, environment, workload,
      use_case, end_user, session, data_class, dialect, path, streaming, requested_model, model_id, provider_id, status,
      outcome, error_code, usage_state, input_tokens, cached_input_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
      output_tokens, reasoning_tokens, cost_state, cost_nano_usd, price_id, latency_ms, first_token_ms, overhead_ms,
      request_bytes, response_bytes, config_version, trace_id, budget_ids, budget_periods, budget_calls, model_version,
      stage_us, detail)
    SELECT
      id, occurred_at, organization_id, replica_id, key_id, team_id, person_id, agent_id, environment, workload,
      use_case, end_user, session, data_class, dialect, path, streaming, requested_model, model_id, provider_id, status,
      outcome, error_code, usage_state, input_tokens, cached_input_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
      output_tokens, reasoning_tokens, cost_state, cost_nano_usd, price_id, latency_ms, first_token_ms, overhead_ms,
      request_bytes, response_bytes, config_version, trace_id, budget_ids, budget_periods, budget_calls, model_version,
      stage_us, detail
    FROM pg_temp.copied_request_events
    ON CONFLICT (occurred_at, id) DO NOTHING
    RETURNING occurred_at, organization_id, team_id, person_id, key_id, agent_id, workload, use_case, model_id,
      provider_id, outcome, usage_state, input_tokens, cached_input_tokens, cache_write_5m_tokens,
      cache_write_1h_tokens, output_tokens, reasoning_tokens, cost_state, cost_nano_usd, latency_ms, first_token_ms,
      overhead_ms
  ), used AS (
    INSERT INTO usage_rollups AS r (
      hour, organization_id, team_id, person_id, key_id, agent_id, workload, use_case, model_id, provider_id, requests,
      errors, refused, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
      cost_nano_usd, unpriced_requests, unknown_usage, latency_ms_sum, last_at)
    SELECT
      date_trunc('hour', occurred_at, 'UTC'), organization_id, team_id, person_id, key_id, agent_id, workload, use_case,
      model_id, provider_id, count(*), count(*) FILTER (WHERE outcome IN ('upstream_error', 'incomplete', 'gateway_error')),
      count(*) FILTER (WHERE outcome = 'refused'), coalesce(sum(input_tokens), 0), coalesce(sum(cached_input_tokens), 0),
      coalesce(sum(coalesce(cache_write_5m_tokens, 0) + coalesce(cache_write_1h_tokens, 0)), 0),
      coalesce(sum(output_tokens), 0), coalesce(sum(reasoning_tokens), 0), coalesce(sum(cost_nano_usd), 0),
      count(*) FILTER (WHERE cost_state = 'unpriced'), count(*) FILTER (WHERE usage_state = 'unknown'),
      sum(latency_ms), max(occurred_at)
    FROM added
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    ON CONFLICT (organization_id, hour, team_id, person_id, key_id, agent_id, workload, use_case, model_id, provider_id)
    DO UPDATE SET
      requests = r.requests + excluded.requests, errors = r.errors + excluded.errors, refused = r.refused + excluded.refused,
      input_tokens = r.input_tokens + excluded.input_tokens,
      cached_input_tokens = r.cached_input_tokens + excluded.cached_input_tokens,
      cache_write_tokens = r.cache_write_tokens + excluded.cache_write_tokens,
      output_tokens = r.output_tokens + excluded.output_tokens, reasoning_tokens = r.reasoning_tokens + excluded.reasoning_tokens,
      cost_nano_usd = r.cost_nano_usd + excluded.cost_nano_usd,
      unpriced_requests = r.unpriced_requests + excluded.unpriced_requests,
      unknown_usage = r.unknown_usage + excluded.unknown_usage, latency_ms_sum = r.latency_ms_sum + excluded.latency_ms_sum,
      last_at = greatest(r.last_at, excluded.last_at)
  ), timed AS (
    INSERT INTO latency_rollups AS r (hour, organization_id, team_id, model_id, provider_id, measure, bucket, count)
    SELECT date_trunc('hour', f.occurred_at, 'UTC'), f.organization_id, f.team_id, f.model_id, f.provider_id, m.measure,
      latency_bucket(m.ms), count(*)
    FROM added f
    CROSS JOIN LATERAL (VALUES ('total', f.latency_ms), ('first_token', f.first_token_ms), ('overhead', f.overhead_ms)) AS m(measure, ms)
    WHERE m.ms IS NOT NULL AND f.outcome = 'ok'
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (organization_id, hour, team_id, model_id, provider_id, measure, bucket)
    DO UPDATE SET count = r.count + excluded.count
  ), told AS (
    SELECT pg_notify('gatehouse_live', json_build_object('topic', 'events', 'organizationId', organization_id)::text)
    FROM (SELECT DISTINCT organization_id FROM added) AS organizations
  )
  SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM told) INTO inserted, told_count;
  RETURN inserted;
END
$$;

-- The same for events as JSON, from whoever has a few of them.
CREATE OR REPLACE FUNCTION record_request_events(batch json) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  inserted integer;
BEGIN
  PERFORM prepare_event_copy();
  INSERT INTO pg_temp.copied_request_events (
    id, occurred_at, organization_id, replica_id, key_id, team_id, person_id, agent_id, environment, workload, use_case,
    end_user, session, data_class, dialect, path, streaming, requested_model, model_id, provider_id, status, outcome,
    error_code, usage_state, input_tokens, cached_input_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
    output_tokens, reasoning_tokens, cost_state, cost_nano_usd, price_id, latency_ms, first_token_ms, overhead_ms,
    request_bytes, response_bytes, config_version, trace_id, budget_ids, budget_periods, budget_calls, model_version,
      stage_us, detail)
    SELECT
      e.id, e."occurredAt", e."organizationId", e."replicaId", e."keyId", e."teamId", e."personId", e."agentId",
      e.environment, e.workload, e."useCase", e."endUser", e.session, e."dataClass", e.dialect, e.path, e.streaming,
      e."requestedModel", e."modelId", e."providerId", e.status, e.outcome, e."errorCode", e."usageState",
      e."inputTokens", e."cachedInputTokens", e."cacheWrite5mTokens", e."cacheWrite1hTokens", e."outputTokens",
      e."reasoningTokens", e."costState", e."costNanoUsd", e."priceId", e."latencyMs", e."firstTokenMs", e."overheadMs",
      e."requestBytes", e."responseBytes", e."configVersion", e."traceId",
      (SELECT array_agg((b->>'id')::uuid) FROM json_array_elements(e.budgets) b),
      (SELECT array_agg((b->>'periodStart')::timestamptz) FROM json_array_elements(e.budgets) b),
      (SELECT array_agg(coalesce((b->>'calls')::smallint, 0)) FROM json_array_elements(e.budgets) b), e."modelVersion",
      (SELECT array_agg(us::integer) FROM json_array_elements_text(e."stageUs") us), e.detail
    FROM json_to_recordset(batch) AS e(
      id uuid, "occurredAt" timestamptz, "organizationId" uuid, "replicaId" uuid, "keyId" uuid, "teamId" uuid,
      "personId" uuid, "agentId" uuid, environment text, workload text, "useCase" text, "endUser" text, session text,
      "dataClass" text, dialect text, path text, streaming boolean, "requestedModel" text, "modelId" uuid,
      "providerId" uuid, status int, outcome text, "errorCode" text, "usageState" text, "inputTokens" int,
      "cachedInputTokens" int, "cacheWrite5mTokens" int, "cacheWrite1hTokens" int, "outputTokens" int,
      "reasoningTokens" int, "costState" text, "costNanoUsd" bigint, "priceId" uuid, "latencyMs" double precision,
      "firstTokenMs" double precision, "overheadMs" double precision, "requestBytes" int, "responseBytes" int,
      "configVersion" bigint, "traceId" text, budgets json, "modelVersion" text, "stageUs" json, detail json);
  inserted := record_copied_events();
  -- A transaction may record more than once.
  DELETE FROM pg_temp.copied_request_events;
  RETURN inserted;
END
$$;

REVOKE ALL ON FUNCTION expect_own_copy(text), prepare_event_copy(), record_copied_events(), record_request_events(json)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prepare_event_copy(), record_copied_events() TO gatehouse_gateway;
GRANT EXECUTE ON FUNCTION record_request_events(json) TO gatehouse_system;

-- A budget that counts calls is charged with the calls that the event names, whatever they cost.
CREATE OR REPLACE FUNCTION charge_budgets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c record;
  b budgets;
  p budget_periods;
  taken bigint;
BEGIN
  FOR c IN
    SELECT named.budget, named.starts, a.replica_id AS replica, a.organization_id AS organization,
      sum(coalesce(nullif(named.calls, 0) * a.calls, a.cost))::bigint AS cost
    FROM (SELECT replica_id, organization_id, budget_ids, budget_periods, budget_calls, count(*) AS calls,
        coalesce(sum(cost_nano_usd), 0) AS cost
      FROM added WHERE budget_ids IS NOT NULL GROUP BY 1, 2, 3, 4, 5) a
    CROSS JOIN LATERAL unnest(a.budget_ids, a.budget_periods, a.budget_calls) AS named(budget, starts, calls)
    GROUP BY 1, 2, 3, 4 HAVING sum(coalesce(nullif(named.calls, 0) * a.calls, a.cost)) > 0 ORDER BY 1, 2, 3
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

CREATE OR REPLACE FUNCTION count_model_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO model_version_uses AS u (organization_id, model_id, version, day, requests, last_at)
  SELECT i.organization_id, i.model_id, i.model_version, (i.occurred_at AT TIME ZONE 'UTC')::date, count(*),
    max(i.occurred_at)
  FROM inserted_events i
  WHERE i.model_id IS NOT NULL AND i.model_version IS NOT NULL
  GROUP BY 1, 2, 3, 4
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (organization_id, model_id, version, day) DO UPDATE SET
    requests = u.requests + excluded.requests, last_at = greatest(u.last_at, excluded.last_at);
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION keep_exemption_uses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO exemption_uses (exemption_id, request_id, organization_id, occurred_at, refused, cost_nano_usd)
  SELECT x.id, a.id, a.organization_id, a.occurred_at, false, a.cost_nano_usd
  FROM (SELECT * FROM added WHERE error_code IS DISTINCT FROM 'exemption_spent'
    AND strpos(detail::text, '"exemptions"') > 0 OFFSET 0) a
  CROSS JOIN LATERAL json_array_elements_text(
    CASE WHEN json_typeof(a.detail->'exemptions') = 'array' THEN a.detail->'exemptions' END) AS named
  JOIN exemptions x ON x.organization_id = a.organization_id AND x.id = named::uuid
  UNION ALL
  SELECT x.id, a.id, a.organization_id, a.occurred_at, true, NULL
  FROM added a JOIN exemptions x ON x.organization_id = a.organization_id AND a.detail->>'rule' = 'exemption:' || x.id
  WHERE a.error_code = 'exemption_spent'
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;

-- Content goes the same way. It stays only where an event says that it is kept, under the tier's rule as it is now.
CREATE FUNCTION prepare_content_copy() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF to_regclass('pg_temp.copied_request_contents') IS NULL THEN
    CREATE TEMP TABLE copied_request_contents (
      id uuid NOT NULL, occurred_at timestamptz(3) NOT NULL, organization_id uuid NOT NULL, logging text NOT NULL,
      key_id uuid NOT NULL, truncated boolean NOT NULL, plain_bytes integer NOT NULL, sealed bytea NOT NULL
    ) ON COMMIT DELETE ROWS;
    GRANT INSERT ON pg_temp.copied_request_contents TO gatehouse_gateway;
  END IF;
END
$$;

-- Returns how many entries were added; a batch sent twice changes nothing.
CREATE FUNCTION record_copied_contents() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kept integer;
  kept_day date;
  earliest timestamptz;
  latest timestamptz;
BEGIN
  PERFORM expect_own_copy('copied_request_contents');
  -- One batch at a time, as with events: they add to the same days.
  PERFORM pg_advisory_xact_lock(hashtext('record_request_contents'));
  FOR kept_day IN SELECT DISTINCT (occurred_at AT TIME ZONE 'UTC')::date FROM pg_temp.copied_request_contents LOOP
    PERFORM ensure_content_partition(kept_day);
  END LOOP;
  SELECT min(occurred_at), max(occurred_at) INTO earliest, latest FROM pg_temp.copied_request_contents;
  WITH added AS (
  INSERT INTO request_contents (id, occurred_at, organization_id, tier, logging, key_id, truncated, plain_bytes, sealed)
  SELECT e.id, e.occurred_at, e.organization_id, t.name,
    CASE WHEN c.logging = 'full' AND t.content_logging = 'full' THEN 'full' ELSE 'restricted' END,
    k.id, c.truncated, c.plain_bytes, c.sealed
  FROM pg_temp.copied_request_contents c
  JOIN request_events e ON e.occurred_at = c.occurred_at AND e.id = c.id AND e.organization_id = c.organization_id
  JOIN tiers t ON t.organization_id = e.organization_id AND t.name = e.data_class
    AND t.content_logging IN ('full', 'restricted')
  JOIN content_keys k ON k.organization_id = e.organization_id AND k.id = c.key_id AND k.destroyed_at IS NULL
  -- Known before the join, so that the events of other days are not even looked for.
  WHERE c.logging IN ('full', 'restricted') AND e.occurred_at BETWEEN earliest AND latest
  ON CONFLICT (occurred_at, id) DO NOTHING
  RETURNING organization_id, occurred_at, tier, plain_bytes, octet_length(sealed) AS sealed_bytes
  ), days AS (
  INSERT INTO content_days AS d (organization_id, day, tier, entries, plain_bytes, sealed_bytes)
  SELECT organization_id, (occurred_at AT TIME ZONE 'UTC')::date, tier, count(*), sum(plain_bytes), sum(sealed_bytes)
  FROM added GROUP BY 1, 2, 3
  ON CONFLICT (organization_id, day, tier) DO UPDATE SET
    entries = d.entries + excluded.entries, plain_bytes = d.plain_bytes + excluded.plain_bytes,
    sealed_bytes = d.sealed_bytes + excluded.sealed_bytes
  )
  SELECT count(*) INTO kept FROM added;
  RETURN kept;
END
$$;

CREATE OR REPLACE FUNCTION record_request_contents(contents json) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kept integer;
BEGIN
  PERFORM prepare_content_copy();
  INSERT INTO pg_temp.copied_request_contents (
    id, occurred_at, organization_id, logging, key_id, truncated, plain_bytes, sealed)
  SELECT c.id, c."occurredAt", c."organizationId", c.logging, c."keyId", c.truncated, c."plainBytes",
    decode(c.sealed, 'base64')
  FROM json_to_recordset(contents) AS c(
    id uuid, "occurredAt" timestamptz, "organizationId" uuid, logging text, "keyId" uuid, truncated boolean,
    "plainBytes" int, sealed text);
  kept := record_copied_contents();
  DELETE FROM pg_temp.copied_request_contents;
  RETURN kept;
END
$$;

REVOKE ALL ON FUNCTION prepare_content_copy(), record_copied_contents(), record_request_contents(json) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prepare_content_copy(), record_copied_contents() TO gatehouse_gateway;
GRANT EXECUTE ON FUNCTION record_request_contents(json) TO gatehouse_system;
