-- CreateTable
CREATE TABLE "risks" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "likelihood" INTEGER NOT NULL,
    "impact" INTEGER NOT NULL,
    "residual_likelihood" INTEGER NOT NULL,
    "residual_impact" INTEGER NOT NULL,
    "treatment" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "owner_id" UUID,
    "review_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by" TEXT,
    "accepted_until" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "shipped_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "risks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "risk_controls" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "risk_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "risk_controls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "risks_organization_id_shipped_key_key" ON "risks"("organization_id", "shipped_key");

-- CreateIndex
CREATE UNIQUE INDEX "risk_controls_risk_id_kind_record_id_key" ON "risk_controls"("risk_id", "kind", "record_id");

-- AddForeignKey
ALTER TABLE "risk_controls" ADD CONSTRAINT "risk_controls_risk_id_fkey" FOREIGN KEY ("risk_id") REFERENCES "risks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT isolate_by_organization(t::regclass) FROM unnest(ARRAY['risks', 'risk_controls']) AS t;
ALTER TABLE risks ADD CONSTRAINT risks_grades CHECK (
  likelihood BETWEEN 1 AND 5 AND impact BETWEEN 1 AND 5
  AND residual_likelihood BETWEEN 1 AND 5 AND residual_impact BETWEEN 1 AND 5);
-- A risk that is no more is closed, and stays on record.
REVOKE DELETE ON risks FROM gatehouse_app;
