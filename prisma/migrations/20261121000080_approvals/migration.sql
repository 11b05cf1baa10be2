-- DropIndex
DROP INDEX "budget_leases_replica";

-- CreateTable
CREATE TABLE "approval_policy_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "policy" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "author_id" UUID,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_policy_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_requests" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "team_id" UUID,
    "requester_id" UUID,
    "requester_name" TEXT NOT NULL,
    "snapshot" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "risk" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "excluded_ids" UUID[],
    "policy" JSONB NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "step" INTEGER NOT NULL DEFAULT 0,
    "step_opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "escalates_at" TIMESTAMPTZ(3),
    "escalated_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "conditions" JSONB NOT NULL DEFAULT '[]',
    "outcome" TEXT,
    "result" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_votes" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "voter_id" UUID NOT NULL,
    "voter_name" TEXT NOT NULL,
    "on_behalf_of" TEXT[],
    "vote" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "after_ms" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_votes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_comments" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "author_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_delegations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "from_name" TEXT NOT NULL,
    "to_id" UUID NOT NULL,
    "to_name" TEXT NOT NULL,
    "kinds" TEXT[],
    "reason" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_delegations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "approval_policy_versions_organization_id_kind_version_key" ON "approval_policy_versions"("organization_id", "kind", "version");

-- CreateIndex
CREATE INDEX "approval_requests_organization_id_state_expires_at_idx" ON "approval_requests"("organization_id", "state", "expires_at");

-- CreateIndex
CREATE INDEX "approval_requests_organization_id_kind_subject_id_idx" ON "approval_requests"("organization_id", "kind", "subject_id");

-- CreateIndex
CREATE INDEX "approval_requests_organization_id_requester_id_id_idx" ON "approval_requests"("organization_id", "requester_id", "id" DESC);

-- CreateIndex
CREATE INDEX "approval_votes_organization_id_voter_id_created_at_idx" ON "approval_votes"("organization_id", "voter_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "approval_votes_request_id_step_voter_id_key" ON "approval_votes"("request_id", "step", "voter_id");

-- CreateIndex
CREATE INDEX "approval_comments_request_id_id_idx" ON "approval_comments"("request_id", "id");

-- CreateIndex
CREATE INDEX "approval_delegations_organization_id_ends_at_idx" ON "approval_delegations"("organization_id", "ends_at");

-- AddForeignKey
ALTER TABLE "approval_votes" ADD CONSTRAINT "approval_votes_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "approval_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_comments" ADD CONSTRAINT "approval_comments_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "approval_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "key_grants" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),
    "key_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_grants_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "key_grants_approval_id_key" ON "key_grants"("approval_id");

-- CreateIndex
CREATE INDEX "key_grants_organization_id_person_id_idx" ON "key_grants"("organization_id", "person_id");

-- Requests for more of a budget are approvals like any other.
DROP TABLE "budget_increase_requests";

-- One question at a time about one record: the second waits for the answer to the first.
CREATE UNIQUE INDEX approval_requests_one_pending ON approval_requests (organization_id, kind, subject_id) WHERE state = 'pending';

SELECT isolate_by_organization('approval_policy_versions');
SELECT isolate_by_organization('approval_requests');
SELECT isolate_by_organization('approval_votes');
SELECT isolate_by_organization('approval_comments');
SELECT isolate_by_organization('approval_delegations');
SELECT isolate_by_organization('key_grants');
