-- CreateTable
CREATE TABLE "maturity_stages" (
    "organization_id" UUID NOT NULL,
    "stage" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approval_id" UUID,

    CONSTRAINT "maturity_stages_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "maturity_attestations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "criterion_id" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "link" TEXT NOT NULL DEFAULT '',
    "evidence" JSONB NOT NULL,
    "evidence_hash" TEXT NOT NULL,
    "made_by_id" UUID,
    "made_by_name" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "fresh_until" TIMESTAMPTZ(3) NOT NULL,
    "approval_id" UUID,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" TEXT,
    "withdraw_reason" TEXT,

    CONSTRAINT "maturity_attestations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "maturity_answers" (
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "criterion_id" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "maturity_answers_pkey" PRIMARY KEY ("organization_id","person_id","criterion_id")
);

-- CreateTable
CREATE TABLE "maturity_snapshots" (
    "organization_id" UUID NOT NULL,
    "quarter" TEXT NOT NULL,
    "stage" INTEGER NOT NULL,
    "states" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "maturity_snapshots_pkey" PRIMARY KEY ("organization_id","quarter")
);

-- CreateIndex
CREATE INDEX "maturity_attestations_organization_id_criterion_id_made_at_idx" ON "maturity_attestations"("organization_id", "criterion_id", "made_at" DESC);

SELECT isolate_by_organization('maturity_stages');
SELECT isolate_by_organization('maturity_attestations');
SELECT isolate_by_organization('maturity_answers');
SELECT isolate_by_organization('maturity_snapshots');

-- Evidence is withdrawn, never rewritten.
REVOKE UPDATE, DELETE ON maturity_attestations FROM gatehouse_app;
GRANT UPDATE (withdrawn_at, withdrawn_by, withdraw_reason) ON maturity_attestations TO gatehouse_app;
REVOKE DELETE ON maturity_snapshots, maturity_answers, maturity_stages FROM gatehouse_app;
