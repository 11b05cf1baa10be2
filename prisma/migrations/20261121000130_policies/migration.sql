-- CreateTable
CREATE TABLE "policies" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" UUID,
    "draft" TEXT NOT NULL,
    "draft_revision" INTEGER NOT NULL DEFAULT 1,
    "draft_author_name" TEXT NOT NULL,
    "draft_author_ids" UUID[] NOT NULL DEFAULT '{}',
    "draft_saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "clause_links" JSONB NOT NULL DEFAULT '{}',
    "audience" JSONB NOT NULL DEFAULT '{"everyone":true,"teamIds":[]}',
    "requirement" JSONB NOT NULL DEFAULT '{"scope":"off","teamIds":[],"graceDays":14,"since":null}',
    "review_every_days" INTEGER NOT NULL DEFAULT 91,
    "review_due_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'in_review',
    "editorial" BOOLEAN NOT NULL DEFAULT false,
    "asks_from" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "author_id" UUID,
    "author_name" TEXT NOT NULL,
    "reviewed_by_name" TEXT,
    "reviewed_at" TIMESTAMPTZ(3),
    "ratified_by_name" TEXT,
    "ratified_at" TIMESTAMPTZ(3),
    "circulated_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_acknowledgements" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_acknowledgements_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "policies_organization_id_name_key" ON "policies"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "policy_versions_policy_id_number_key" ON "policy_versions"("policy_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "policy_acknowledgements_version_id_person_id_key" ON "policy_acknowledgements"("version_id", "person_id");

-- CreateIndex
CREATE INDEX "policy_acknowledgements_organization_id_person_id_idx" ON "policy_acknowledgements"("organization_id", "person_id");

-- CreateIndex
CREATE INDEX "policy_acknowledgements_policy_id_number_idx" ON "policy_acknowledgements"("policy_id", "number");

-- AddForeignKey
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_acknowledgements" ADD CONSTRAINT "policy_acknowledgements_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "policy_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One text is in force, and one is on its way.
CREATE UNIQUE INDEX policy_versions_one_ratified ON policy_versions (policy_id) WHERE state = 'ratified';
CREATE UNIQUE INDEX policy_versions_one_open ON policy_versions (policy_id) WHERE state IN ('in_review', 'legal_reviewed');

SELECT isolate_by_organization('policies');
SELECT isolate_by_organization('policy_versions');
SELECT isolate_by_organization('policy_acknowledgements');

-- A text that people decided about, and that somebody has read it, change never.
REVOKE UPDATE, DELETE ON policy_versions FROM gatehouse_app;
GRANT UPDATE (state, reviewed_by_name, reviewed_at, ratified_by_name, ratified_at, circulated_at, ended_at) ON policy_versions TO gatehouse_app;
REVOKE UPDATE, DELETE ON policy_acknowledgements FROM gatehouse_app;
