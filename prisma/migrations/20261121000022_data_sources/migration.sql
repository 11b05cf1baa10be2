CREATE TABLE "data_sources" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "slug" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "tier" TEXT NOT NULL,
  "owner_id" UUID,
  "systems" TEXT[],
  "regions" TEXT[],
  "workloads" TEXT[],
  "archived_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "data_sources_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "data_sources_organization_id_slug_key" ON "data_sources"("organization_id", "slug");

SELECT isolate_by_organization('data_sources'::regclass);

ALTER TABLE "api_keys" ADD COLUMN "data_source_ids" UUID[] NOT NULL DEFAULT '{}';
