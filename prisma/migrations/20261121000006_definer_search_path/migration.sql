-- Temporary tables are looked up first unless the path names them: a caller's own would stand in for ours in
-- functions that run with their owner's rights.
ALTER FUNCTION ensure_event_partition(date) SET search_path = public, pg_temp;
ALTER FUNCTION drop_event_partitions(date) SET search_path = public, pg_temp;
ALTER FUNCTION record_request_events(json) SET search_path = public, pg_temp;
ALTER FUNCTION key_spend_since(timestamptz) SET search_path = public, pg_temp;
