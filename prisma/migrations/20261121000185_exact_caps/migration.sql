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
