-- Three roles that the processes take on when they connect; none of them can log in by itself.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['gatehouse_app', 'gatehouse_system', 'gatehouse_gateway'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- roles belong to the cluster: another database of it may have made them
    END;
    BEGIN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    EXCEPTION WHEN OTHERS THEN
      IF NOT pg_has_role(current_user, name, 'SET') THEN RAISE; END IF;
    END;
  END LOOP;
END
$$;

GRANT USAGE ON SCHEMA public TO gatehouse_app, gatehouse_system, gatehouse_gateway;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO gatehouse_app, gatehouse_system;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO gatehouse_app, gatehouse_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO gatehouse_app, gatehouse_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO gatehouse_app, gatehouse_system;
DO $$
BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON TABLE _prisma_migrations FROM gatehouse_app, gatehouse_system;
  END IF;
END
$$;

-- The organization whose rows this transaction may see; none unless it was set.
CREATE FUNCTION current_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('gatehouse.organization_id', true), '')::uuid $$;

-- Later migrations call this for every new table with organization_id.
CREATE FUNCTION isolate_by_organization(target regclass, owner_column text DEFAULT 'organization_id') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY own_organization ON %s TO gatehouse_app USING (%I = (SELECT current_organization())) WITH CHECK (%I = (SELECT current_organization()))',
    target, owner_column, owner_column);
  EXECUTE format('CREATE POLICY every_organization ON %s TO gatehouse_system USING (true) WITH CHECK (true)', target);
END
$$;

SELECT isolate_by_organization('organizations', 'id');
SELECT isolate_by_organization(t::regclass) FROM unnest(ARRAY[
  'people', 'identities', 'sign_in_links', 'teams', 'memberships', 'group_mappings', 'service_tokens', 'notices',
  'saved_views', 'providers', 'models', 'model_prices', 'api_keys', 'key_requests', 'gateway_config', 'request_events',
  'usage_rollups', 'latency_rollups', 'audit_entries', 'audit_leaves', 'audit_checkpoints', 'idempotency_records'
]) AS t;

-- Evidence is written by record_request_events alone and never changed.
REVOKE INSERT, UPDATE, DELETE ON request_events, usage_rollups, latency_rollups FROM gatehouse_app;
REVOKE INSERT, UPDATE ON request_events, usage_rollups, latency_rollups FROM gatehouse_system;
REVOKE INSERT, UPDATE, DELETE ON gateway_replicas FROM gatehouse_app;

-- The audit log only grows.
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entries, audit_leaves, audit_checkpoints FROM gatehouse_app, gatehouse_system;
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_leaves_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaves
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- The worker's queue lives in a schema of its own.
CREATE SCHEMA IF NOT EXISTS pgboss AUTHORIZATION gatehouse_system;
