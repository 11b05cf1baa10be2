-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN "workload_id" UUID;

-- CreateTable
CREATE TABLE "workloads" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "objective" TEXT NOT NULL DEFAULT '',
    "team_id" UUID NOT NULL,
    "owner_id" UUID,
    "lifecycle" TEXT NOT NULL DEFAULT 'development',
    "key_scope" TEXT NOT NULL,
    "tier" TEXT,
    "model_ids" UUID[],
    "brief_id" UUID,
    "sunset_at" TIMESTAMPTZ(3),
    "migration_plan" TEXT NOT NULL DEFAULT '',
    "review_by" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workloads_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "workloads_organization_id_name_idx" ON "workloads"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "workloads_organization_id_slug_key" ON "workloads"("organization_id", "slug");

-- Keys of a workload are ended with it.
CREATE INDEX "api_keys_workload_id_idx" ON "api_keys"("workload_id");

SELECT isolate_by_organization('workloads');
