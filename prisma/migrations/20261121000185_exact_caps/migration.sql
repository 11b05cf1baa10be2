-- DropIndex
DROP INDEX "budgets_exemption_id_key";

-- AlterTable
ALTER TABLE "budgets" ADD COLUMN     "unit" TEXT NOT NULL DEFAULT 'nano_usd';

-- AlterTable
ALTER TABLE "workloads" ADD COLUMN     "cost_per_call_nano_usd" BIGINT;

-- CreateIndex
CREATE UNIQUE INDEX "budgets_exemption_id_unit_key" ON "budgets"("exemption_id", "unit");

ALTER TABLE budgets ADD CONSTRAINT budgets_unit CHECK (unit IN ('nano_usd', 'calls'));

-- Both caps of an exemption are budgets of it: no two calls can pass them together. The one of cost has the exemption's
-- id, the one of calls has an id of its own. Their scope matches no rollup: what counts is the exemption's own calls.
CREATE OR REPLACE FUNCTION keep_exemption_budget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM budgets WHERE exemption_id = OLD.id;
    RETURN NULL;
  END IF;
  INSERT INTO budgets (id, organization_id, name, scope, target, team_id, person_id, exemption_id, unit, "window", limit_nano_usd, thresholds, stop_nano_usd)
  SELECT cap.id, NEW.organization_id, NEW.title, 'exemption', NEW.id, NEW.team_id, NEW.person_id, NEW.id, cap.unit,
    '{"kind": "day", "timeZone": "UTC"}', cap.most, '[]', cap.most
  FROM (VALUES (NEW.id, 'nano_usd', NEW.spend_cap_nano_usd), (new_record_id(), 'calls', NEW.request_cap::bigint)) AS cap(id, unit, most)
  WHERE cap.most IS NOT NULL;
  RETURN NULL;
END
$$;
DROP TRIGGER exemptions_keep_budget ON exemptions;
CREATE TRIGGER exemptions_keep_budget AFTER INSERT ON exemptions FOR EACH ROW
  WHEN (NEW.spend_cap_nano_usd IS NOT NULL OR NEW.request_cap IS NOT NULL) EXECUTE FUNCTION keep_exemption_budget();

INSERT INTO budgets (id, organization_id, name, scope, target, team_id, person_id, exemption_id, unit, "window", limit_nano_usd, thresholds, stop_nano_usd)
SELECT new_record_id(), x.organization_id, x.title, 'exemption', x.id, x.team_id, x.person_id, x.id, 'calls',
  '{"kind": "day", "timeZone": "UTC"}', x.request_cap, '[]', x.request_cap
FROM exemptions x WHERE x.request_cap IS NOT NULL;

-- As before, and a budget that counts calls is charged with the calls that the event names, whatever they cost.
CREATE OR REPLACE FUNCTION charge_budgets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c record;
  b budgets;
  p budget_periods;
  taken bigint;
BEGIN
  FOR c IN
    SELECT (named->>'id')::uuid AS budget, (named->>'periodStart')::timestamptz AS starts, a.replica_id AS replica,
      a.organization_id AS organization, sum(coalesce((named->>'calls')::bigint, a.cost_nano_usd))::bigint AS cost
    FROM (SELECT replica_id, organization_id, cost_nano_usd, detail->'budgets' AS budgets FROM added
      WHERE strpos(detail::text, '"budgets"') > 0 AND (cost_nano_usd > 0 OR strpos(detail::text, '"calls"') > 0) OFFSET 0) a
    CROSS JOIN LATERAL json_array_elements(
      CASE json_typeof(a.budgets) WHEN 'array' THEN a.budgets ELSE '[]'::json END) named
    GROUP BY 1, 2, 3, 4 HAVING sum(coalesce((named->>'calls')::bigint, a.cost_nano_usd)) > 0 ORDER BY 1, 2, 3
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
