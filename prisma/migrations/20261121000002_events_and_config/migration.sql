-- Configuration for the gateways -------------------------------------------------------------------------------

CREATE SEQUENCE gateway_config_version;
GRANT USAGE, SELECT ON SEQUENCE gateway_config_version TO gatehouse_app, gatehouse_system;
GRANT SELECT ON gateway_config TO gatehouse_gateway;
CREATE POLICY gateway_reads ON gateway_config FOR SELECT TO gatehouse_gateway USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON gateway_replicas TO gatehouse_gateway;

-- Versions become visible in order: whoever publishes holds the lock until commit.
CREATE FUNCTION publish_config(organization uuid, config_kind text, config_id uuid, document jsonb, is_deleted boolean)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  next_version bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('gateway_config'));
  next_version := nextval('gateway_config_version');
  INSERT INTO gateway_config (organization_id, kind, id, version, doc, deleted, published_at)
  VALUES (organization, config_kind, config_id, next_version, document, is_deleted, now())
  ON CONFLICT (organization_id, kind, id)
  DO UPDATE SET version = excluded.version, doc = excluded.doc, deleted = excluded.deleted, published_at = excluded.published_at;
  PERFORM pg_notify('gatehouse_config', next_version::text);
  RETURN next_version;
END
$$;

-- Evidence from the gateways -----------------------------------------------------------------------------------

CREATE UNIQUE INDEX usage_rollups_dimensions ON usage_rollups
  (organization_id, hour, team_id, person_id, key_id, agent_id, workload, use_case, model_id, provider_id) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX latency_rollups_dimensions ON latency_rollups
  (organization_id, hour, team_id, model_id, provider_id, measure, bucket) NULLS NOT DISTINCT;

CREATE FUNCTION ensure_event_partition(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  name text := 'request_events_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('request_events_partitions'));
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF request_events FOR VALUES FROM (%L) TO (%L)',
    name, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
  -- A partition reached by its own name would bypass the parent's row-level security.
  EXECUTE format('REVOKE ALL ON %I FROM gatehouse_app, gatehouse_system', name);
END
$$;

-- Drops whole days older than the given one; returns how many. Rollups are kept.
CREATE FUNCTION drop_event_partitions(before date) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  part record;
  dropped integer := 0;
BEGIN
  FOR part IN
    SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'request_events'::regclass AND c.relname ~ '^request_events_\d{8}$'
      AND to_date(right(c.relname, 8), 'YYYYMMDD') < before
  LOOP
    EXECUTE format('DROP TABLE %I', part.name);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;

-- Same formula as core/stats/histogram.ts: 0 up to 0.1 ms, then four buckets per doubling.
CREATE FUNCTION latency_bucket(ms double precision) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN ms <= 0.1 THEN 0
    ELSE least(120, greatest(1, floor(4 * ln(ms / 0.1) / ln(2::double precision))::int + 1)) END::smallint
$$;

-- Inserts events exactly once (their id and time come from the gateway, so a batch sent twice changes
-- nothing), adds what was really inserted to the rollups, and tells the portals. Returns the number inserted.
CREATE FUNCTION record_request_events(batch jsonb) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  inserted integer;
  day date;
  organization uuid;
BEGIN
  -- One batch at a time: replicas that add to the same rollup rows would deadlock otherwise.
  PERFORM pg_advisory_xact_lock(hashtext('record_request_events'));
  FOR day IN SELECT DISTINCT ((e->>'occurredAt')::timestamptz AT TIME ZONE 'UTC')::date FROM jsonb_array_elements(batch) e LOOP
    PERFORM ensure_event_partition(day);
  END LOOP;

  CREATE TEMPORARY TABLE IF NOT EXISTS fresh_events (LIKE request_events) ON COMMIT DELETE ROWS;
  DELETE FROM fresh_events;
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
    FROM jsonb_to_recordset(batch) AS e(
      id uuid, "occurredAt" timestamptz, "organizationId" uuid, "replicaId" uuid, "keyId" uuid, "teamId" uuid,
      "personId" uuid, "agentId" uuid, environment text, workload text, "useCase" text, "endUser" text, session text,
      "dataClass" text, dialect text, path text, streaming boolean, "requestedModel" text, "modelId" uuid,
      "providerId" uuid, status int, outcome text, "errorCode" text, "usageState" text, "inputTokens" int,
      "cachedInputTokens" int, "cacheWrite5mTokens" int, "cacheWrite1hTokens" int, "outputTokens" int,
      "reasoningTokens" int, "costState" text, "costNanoUsd" bigint, "priceId" uuid, "latencyMs" double precision,
      "firstTokenMs" double precision, "overheadMs" double precision, "requestBytes" int, "responseBytes" int,
      "configVersion" bigint, "traceId" text, detail jsonb)
    ON CONFLICT (occurred_at, id) DO NOTHING
    RETURNING *
  )
  INSERT INTO fresh_events SELECT * FROM added;
  GET DIAGNOSTICS inserted = ROW_COUNT;
  IF inserted = 0 THEN RETURN 0; END IF;

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
  FROM fresh_events
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
    last_at = greatest(r.last_at, excluded.last_at);

  INSERT INTO latency_rollups AS r (hour, organization_id, team_id, model_id, provider_id, measure, bucket, count)
  SELECT date_trunc('hour', f.occurred_at, 'UTC'), f.organization_id, f.team_id, f.model_id, f.provider_id, m.measure,
    latency_bucket(m.ms), count(*)
  FROM fresh_events f
  CROSS JOIN LATERAL (VALUES ('total', f.latency_ms), ('first_token', f.first_token_ms), ('overhead', f.overhead_ms)) AS m(measure, ms)
  WHERE m.ms IS NOT NULL AND f.outcome = 'ok'
  GROUP BY 1, 2, 3, 4, 5, 6, 7
  ON CONFLICT (organization_id, hour, team_id, model_id, provider_id, measure, bucket)
  DO UPDATE SET count = r.count + excluded.count;

  FOR organization IN SELECT DISTINCT organization_id FROM fresh_events LOOP
    PERFORM pg_notify('gatehouse_live', json_build_object('topic', 'events', 'organizationId', organization)::text);
  END LOOP;
  RETURN inserted;
END
$$;

-- What each key has spent since a moment (its hour counts whole), for keys with a limit of their own.
CREATE FUNCTION key_spend_since(since timestamptz) RETURNS TABLE (key_id uuid, cost_nano_usd bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.key_id, sum(r.cost_nano_usd)::bigint FROM usage_rollups r
  JOIN api_keys k ON k.id = r.key_id AND k.daily_limit_nano_usd IS NOT NULL AND k.revoked_at IS NULL
  WHERE r.hour >= date_trunc('hour', since, 'UTC') GROUP BY 1
$$;

REVOKE ALL ON FUNCTION record_request_events(jsonb), key_spend_since(timestamptz), ensure_event_partition(date), drop_event_partitions(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_request_events(jsonb), key_spend_since(timestamptz) TO gatehouse_gateway;
GRANT EXECUTE ON FUNCTION record_request_events(jsonb), ensure_event_partition(date), drop_event_partitions(date) TO gatehouse_system;
