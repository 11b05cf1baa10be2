-- What an event says is one text of JSON, and to look into it is to read all of it: only where what is looked for can
-- be there, and once. Gateways, who have just written the events, say of which days they are.

DROP FUNCTION record_request_events(json, json);
DROP FUNCTION record_request_events(json);

-- Inserts events exactly once (their id and time come from the gateway, so a batch sent twice changes
-- nothing), adds what was really inserted to the rollups, and tells the portals. Returns the number inserted.
CREATE FUNCTION record_request_events(batch json, days date[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  inserted integer;
  told_count integer;
  day date;
BEGIN
  -- One batch at a time: replicas that add to the same rollup rows would deadlock otherwise.
  PERFORM pg_advisory_xact_lock(hashtext('record_request_events'));
  FOREACH day IN ARRAY days LOOP
    PERFORM ensure_event_partition(day);
  END LOOP;

  WITH added AS (
    INSERT INTO request_events (
      id, occurred_at, organization_id, replica_id, key_id, team_id, person_id, agent_id, environment, workload, use_case,
      end_user, session, data_class, dialect, path, streaming, requested_model, model_id, provider_id, status, outcome,
      error_code, usage_state, input_tokens, cached_input_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
      output_tokens, reasoning_tokens, cost_state, cost_nano_usd, price_id, latency_ms, first_token_ms, overhead_ms,
      request_bytes, response_bytes, config_version, trace_id, detail)
    SELECT
      e.id, e."occurredAt", e."organizationId", e."replicaId", e."keyId", e."teamId", e."personId", e."agentId",
      e.environment, e.workload, e."useCase", e."endUser", e.session, e."dataClass", e.dialect, e.path, e.streaming,
      e."requestedModel", e."modelId", e."providerId", e.status, e.outcome, e."errorCode", e."usageState",
      e."inputTokens", e."cachedInputTokens", e."cacheWrite5mTokens", e."cacheWrite1hTokens", e."outputTokens",
      e."reasoningTokens", e."costState", e."costNanoUsd", e."priceId", e."latencyMs", e."firstTokenMs", e."overheadMs",
      e."requestBytes", e."responseBytes", e."configVersion", e."traceId", e.detail
    FROM json_to_recordset(batch) AS e(
      id uuid, "occurredAt" timestamptz, "organizationId" uuid, "replicaId" uuid, "keyId" uuid, "teamId" uuid,
      "personId" uuid, "agentId" uuid, environment text, workload text, "useCase" text, "endUser" text, session text,
      "dataClass" text, dialect text, path text, streaming boolean, "requestedModel" text, "modelId" uuid,
      "providerId" uuid, status int, outcome text, "errorCode" text, "usageState" text, "inputTokens" int,
      "cachedInputTokens" int, "cacheWrite5mTokens" int, "cacheWrite1hTokens" int, "outputTokens" int,
      "reasoningTokens" int, "costState" text, "costNanoUsd" bigint, "priceId" uuid, "latencyMs" double precision,
      "firstTokenMs" double precision, "overheadMs" double precision, "requestBytes" int, "responseBytes" int,
      "configVersion" bigint, "traceId" text, detail json)
    ON CONFLICT (occurred_at, id) DO NOTHING
    RETURNING *
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

-- The same for a batch whose days nobody told.
CREATE FUNCTION record_request_events(batch json) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT record_request_events(batch, (SELECT coalesce(array_agg(DISTINCT left(e."occurredAt", 10)::date), '{}')
    FROM json_to_recordset(batch) AS e("occurredAt" text)))
$$;

REVOKE ALL ON FUNCTION record_request_events(json), record_request_events(json, date[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_request_events(json), record_request_events(json, date[]) TO gatehouse_gateway, gatehouse_system;

CREATE OR REPLACE FUNCTION charge_budgets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c record;
  b budgets;
  p budget_periods;
  taken bigint;
BEGIN
  FOR c IN
    SELECT (named->>'id')::uuid AS budget, (named->>'periodStart')::timestamptz AS starts, a.replica_id AS replica,
      a.organization_id AS organization, sum(a.cost_nano_usd)::bigint AS cost
    FROM (SELECT replica_id, organization_id, cost_nano_usd, detail->'budgets' AS budgets FROM added
      WHERE cost_nano_usd > 0 AND strpos(detail::text, '"budgets"') > 0 OFFSET 0) a
    CROSS JOIN LATERAL json_array_elements(
      CASE json_typeof(a.budgets) WHEN 'array' THEN a.budgets ELSE '[]'::json END) named
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

CREATE OR REPLACE FUNCTION keep_dlp_events() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO dlp_events (
    id, organization_id, occurred_at, request_id, detector, kind, location, action, shadow, count, tier, key_id,
    team_id, person_id, model_id, workload, status)
  SELECT gen_random_uuid(), e.organization_id, e.occurred_at, e.id, f->>'detector', f->>'kind', f->>'location',
    f->>'action', (f->>'shadow')::boolean, (f->>'count')::int, e.data_class, e.key_id, e.team_id, e.person_id,
    e.model_id, e.workload, e.status
  FROM (SELECT * FROM inserted_events WHERE strpos(detail::text, '"findings"') > 0 OFFSET 0) e
  CROSS JOIN LATERAL json_array_elements(
    CASE WHEN json_typeof(e.detail->'findings') = 'array' THEN e.detail->'findings' END) AS f;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION count_cache_outcomes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
    WHERE strpos(i.detail::text, '"cache"') > 0 AND json_typeof(i.detail->'cache') = 'object'
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

-- Content arrives after its event, in batches of its own. It is taken only when its event is there, for a tier that
-- keeps content now, and under a key that still exists: what the gateway decided is checked once more where it is
-- stored. Returns how many entries were added; a batch sent twice changes nothing.
CREATE FUNCTION record_request_contents(contents json) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kept integer;
  kept_day date;
BEGIN
  -- One batch at a time, as with events: they add to the same days.
  PERFORM pg_advisory_xact_lock(hashtext('record_request_contents'));
  FOR kept_day IN SELECT DISTINCT left(c."occurredAt", 10)::date FROM json_to_recordset(contents) AS c("occurredAt" text) LOOP
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

REVOKE ALL ON FUNCTION record_request_contents(json) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_request_contents(json) TO gatehouse_gateway, gatehouse_system;
