-- AlterTable
ALTER TABLE "models" ADD COLUMN     "lineage" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "model_card" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "only_for_team_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "only_for_use_cases" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "only_for_workloads" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "owner_id" UUID,
ADD COLUMN     "provider_end_source" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "provider_ends_on" DATE,
ADD COLUMN     "retention_days" INTEGER,
ADD COLUMN     "review_by" DATE,
ADD COLUMN     "training_opt_out" BOOLEAN,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "model_requests" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "provider_id" UUID,
    "provider_name" TEXT NOT NULL,
    "upstream_model" TEXT NOT NULL,
    "dialects" TEXT[],
    "purpose" TEXT NOT NULL,
    "alternatives" TEXT NOT NULL,
    "team_id" UUID,
    "tiers" TEXT[],
    "requests_per_month" INTEGER,
    "cost_nano_usd_per_month" BIGINT,
    "only_for_use_cases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "only_for_team_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "only_for_workloads" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "assessment" TEXT NOT NULL DEFAULT '',
    "reviewer_name" TEXT,
    "state" TEXT NOT NULL,
    "approval_id" UUID,
    "model_id" UUID,
    "requester_id" UUID,
    "requester_name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "model_requests_organization_id_state_id_idx" ON "model_requests"("organization_id", "state", "id" DESC);

SELECT isolate_by_organization('model_requests');
