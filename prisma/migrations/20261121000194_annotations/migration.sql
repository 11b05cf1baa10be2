-- Comments, files and links of governed records.
CREATE TABLE "annotations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "record_kind" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "file_name" TEXT,
    "media_type" TEXT,
    "bytes" INTEGER,
    "digest" TEXT,
    "content" BYTEA,
    "linked_kind" TEXT,
    "linked_id" UUID,
    "author_id" UUID NOT NULL,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by_name" TEXT,
    "withdrawn_reason" TEXT,

    CONSTRAINT "annotations_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "annotations_organization_id_record_kind_record_id_id_idx" ON "annotations"("organization_id", "record_kind", "record_id", "id");
CREATE INDEX "annotations_organization_id_linked_kind_linked_id_idx" ON "annotations"("organization_id", "linked_kind", "linked_id");
ALTER TABLE "annotations" ADD CONSTRAINT "annotations_whole" CHECK (
    (kind = 'comment' AND text <> '' AND content IS NULL AND linked_id IS NULL)
    OR (kind = 'file' AND file_name IS NOT NULL AND media_type IS NOT NULL AND bytes IS NOT NULL AND digest IS NOT NULL
        AND content IS NOT NULL AND linked_id IS NULL)
    OR (kind = 'link' AND linked_kind IS NOT NULL AND linked_id IS NOT NULL AND content IS NULL)
);

-- What was said, filed or linked stays as it was; it can only be withdrawn, and once.
CREATE FUNCTION keep_annotation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
    OR to_jsonb(NEW) - '{withdrawn_at,withdrawn_by_name,withdrawn_reason}'::text[]
      IS DISTINCT FROM to_jsonb(OLD) - '{withdrawn_at,withdrawn_by_name,withdrawn_reason}'::text[]
  THEN
    RAISE EXCEPTION 'an annotation is never changed, only withdrawn once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER annotations_keep BEFORE UPDATE ON "annotations" FOR EACH ROW EXECUTE FUNCTION keep_annotation();

SELECT isolate_by_organization('annotations');
