-- What kind of credential a provider has, and the parts of it that may be shown.
ALTER TABLE "providers" ADD COLUMN "credential_type" TEXT,
ADD COLUMN "credential_facts" JSONB NOT NULL DEFAULT '{}';

UPDATE "providers" SET "credential_type" = 'api_key' WHERE "credential" IS NOT NULL;
