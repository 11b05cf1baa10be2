-- CreateTable
CREATE TABLE "record_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "author_kind" TEXT NOT NULL,
    "author_id" TEXT,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "record_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "record_versions_organization_id_kind_record_id_version_key" ON "record_versions"("organization_id", "kind", "record_id", "version");

SELECT isolate_by_organization('record_versions');
REVOKE UPDATE, DELETE ON record_versions FROM gatehouse_app;
REVOKE UPDATE ON record_versions FROM gatehouse_system;
