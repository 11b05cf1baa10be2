-- CreateTable
CREATE TABLE "model_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "parent_id" UUID,
    "base_model" TEXT NOT NULL,
    "training_data_source_ids" UUID[],
    "digest" TEXT NOT NULL,
    "signer_id" UUID NOT NULL,
    "signer_name" TEXT NOT NULL,
    "upstream_model" TEXT NOT NULL,
    "registered_by_id" UUID,
    "registered_by_name" TEXT NOT NULL,
    "approval_id" UUID,
    "signed_off_at" TIMESTAMPTZ(3),
    "in_service_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_signers" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_signers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_version_uses" (
    "organization_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "requests" BIGINT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_version_uses_pkey" PRIMARY KEY ("organization_id","model_id","version","day")
);

-- CreateIndex
CREATE UNIQUE INDEX "model_versions_model_id_label_key" ON "model_versions"("model_id", "label");

-- CreateIndex
CREATE UNIQUE INDEX "model_versions_model_id_digest_key" ON "model_versions"("model_id", "digest");

-- CreateIndex
CREATE UNIQUE INDEX "model_signers_organization_id_name_key" ON "model_signers"("organization_id", "name");

-- AddForeignKey
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A model is served in one version at a time.
CREATE UNIQUE INDEX model_versions_one_in_service ON model_versions (model_id) WHERE in_service_since IS NOT NULL;

SELECT isolate_by_organization('model_versions');
SELECT isolate_by_organization('model_signers');
SELECT isolate_by_organization('model_version_uses');

-- Evidence: written by the function below alone.
REVOKE INSERT, UPDATE, DELETE ON model_version_uses FROM gatehouse_app;
REVOKE INSERT, UPDATE ON model_version_uses FROM gatehouse_system;

-- In the statement that records events, so for those that were really inserted, and exactly once.
CREATE FUNCTION count_model_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO model_version_uses AS u (organization_id, model_id, version, day, requests, last_at)
  SELECT i.organization_id, i.model_id, i.detail->>'modelVersion', (i.occurred_at AT TIME ZONE 'UTC')::date, count(*),
    max(i.occurred_at)
  FROM inserted_events i
  WHERE i.model_id IS NOT NULL AND i.detail->>'modelVersion' IS NOT NULL
  GROUP BY 1, 2, 3, 4
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (organization_id, model_id, version, day) DO UPDATE SET
    requests = u.requests + excluded.requests, last_at = greatest(u.last_at, excluded.last_at);
  RETURN NULL;
END
$$;
CREATE TRIGGER request_events_count_model_versions AFTER INSERT ON request_events
  REFERENCING NEW TABLE AS inserted_events FOR EACH STATEMENT EXECUTE FUNCTION count_model_versions();
REVOKE EXECUTE ON FUNCTION count_model_versions() FROM PUBLIC;
