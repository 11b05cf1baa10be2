-- CreateTable
CREATE TABLE "briefs" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT,
    "team_id" UUID,
    "owner_id" UUID,
    "content" JSONB NOT NULL DEFAULT '{}',
    "author_id" UUID,
    "author_name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL DEFAULT 0,
    "workload_id" UUID,
    "approval_id" UUID,
    "outcome" TEXT,
    "submitted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "briefs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "briefs_organization_id_state_updated_at_idx" ON "briefs"("organization_id", "state", "updated_at" DESC);

-- CreateIndex
CREATE INDEX "briefs_organization_id_workload_id_idx" ON "briefs"("organization_id", "workload_id");

SELECT isolate_by_organization('briefs');
