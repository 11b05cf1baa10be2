ALTER TABLE "models" ADD COLUMN "substitutes" JSONB NOT NULL DEFAULT '[]';

CREATE TABLE "routes" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "scope" TEXT NOT NULL,
  "target" TEXT,
  "definition" JSONB NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "archived_at" TIMESTAMPTZ(3),
  CONSTRAINT "routes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "routes_organization_id_name_idx" ON "routes"("organization_id", "name");

CREATE TABLE "route_versions" (
  "id" UUID NOT NULL,
  "organization_id" UUID NOT NULL,
  "route_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "document" JSONB NOT NULL,
  "changes" JSONB NOT NULL,
  "reason" TEXT NOT NULL,
  "author_kind" TEXT NOT NULL,
  "author_id" TEXT,
  "author_name" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "route_versions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "route_versions_route_id_version_key" ON "route_versions"("route_id", "version");
ALTER TABLE "route_versions" ADD CONSTRAINT "route_versions_route_id_fkey"
  FOREIGN KEY ("route_id") REFERENCES "routes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT isolate_by_organization(t::regclass) FROM unnest(ARRAY['routes', 'route_versions']) AS t;

-- A history is not rewritten.
REVOKE UPDATE, DELETE ON route_versions FROM gatehouse_app;

-- Which requests a route decided; only those that one did are in it.
CREATE INDEX request_events_route ON request_events (organization_id, (detail->'route'->>'id'), occurred_at DESC, id DESC)
  WHERE detail->'route'->>'id' IS NOT NULL;
