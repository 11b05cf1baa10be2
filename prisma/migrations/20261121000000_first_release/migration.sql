-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ProviderKind" AS ENUM ('openai', 'anthropic', 'azure_openai', 'google', 'aws_bedrock', 'openai_compatible', 'sandbox');

-- CreateEnum
CREATE TYPE "ModelLifecycle" AS ENUM ('proposed', 'under_review', 'approved', 'restricted', 'deprecated', 'blocked');

-- CreateEnum
CREATE TYPE "KeyKind" AS ENUM ('live', 'playground');

-- CreateEnum
CREATE TYPE "KeyEnvironment" AS ENUM ('development', 'staging', 'production');

-- CreateEnum
CREATE TYPE "PersonStatus" AS ENUM ('active', 'deactivated');

-- CreateEnum
CREATE TYPE "MembershipKind" AS ENUM ('member', 'lead');

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "request_id" TEXT NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_leaves" (
    "organization_id" UUID NOT NULL,
    "index" BIGINT NOT NULL,
    "entry_id" UUID NOT NULL,
    "leaf_hash" BYTEA NOT NULL,

    CONSTRAINT "audit_leaves_pkey" PRIMARY KEY ("organization_id","index")
);

-- CreateTable
CREATE TABLE "audit_checkpoints" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "tree_size" BIGINT NOT NULL,
    "root_hash" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_checkpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_records" (
    "organization_id" UUID NOT NULL,
    "caller" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("organization_id","caller","key")
);

-- CreateTable
CREATE TABLE "providers" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "ProviderKind" NOT NULL,
    "base_url" TEXT NOT NULL,
    "region" TEXT,
    "credential" TEXT,
    "credential_hint" TEXT,
    "allow_private_network" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "last_test_at" TIMESTAMPTZ(3),
    "last_test_ok" BOOLEAN,
    "last_test_detail" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "providers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "models" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "upstream_model" TEXT NOT NULL,
    "aliases" TEXT[],
    "dialects" TEXT[],
    "capabilities" TEXT[],
    "modalities" TEXT[],
    "context_window" INTEGER,
    "max_output_tokens" INTEGER,
    "tiers" TEXT[],
    "regions" TEXT[],
    "restrictions" TEXT NOT NULL DEFAULT '',
    "lifecycle" "ModelLifecycle" NOT NULL DEFAULT 'approved',
    "sunset_at" TIMESTAMPTZ(3),
    "source" TEXT NOT NULL DEFAULT 'manual',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "models_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_prices" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "input" BIGINT,
    "cached_input" BIGINT,
    "cache_write_5m" BIGINT,
    "cache_write_1h" BIGINT,
    "output" BIGINT,
    "reasoning" BIGINT,
    "source" TEXT NOT NULL,
    "source_date" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_prices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gateway_config" (
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "version" BIGINT NOT NULL,
    "doc" JSONB NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gateway_config_pkey" PRIMARY KEY ("organization_id","kind","id")
);

-- CreateTable
CREATE TABLE "gateway_replicas" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT,
    "admin_url" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "config_version" BIGINT NOT NULL,
    "config_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "stats" JSONB NOT NULL,

    CONSTRAINT "gateway_replicas_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_events" (
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "organization_id" UUID NOT NULL,
    "replica_id" UUID NOT NULL,
    "key_id" UUID,
    "team_id" UUID,
    "person_id" UUID,
    "agent_id" UUID,
    "environment" TEXT,
    "workload" TEXT,
    "use_case" TEXT,
    "end_user" TEXT,
    "session" TEXT,
    "data_class" TEXT,
    "dialect" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "streaming" BOOLEAN NOT NULL,
    "requested_model" TEXT,
    "model_id" UUID,
    "provider_id" UUID,
    "status" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "error_code" TEXT,
    "usage_state" TEXT NOT NULL,
    "input_tokens" INTEGER,
    "cached_input_tokens" INTEGER,
    "cache_write_5m_tokens" INTEGER,
    "cache_write_1h_tokens" INTEGER,
    "output_tokens" INTEGER,
    "reasoning_tokens" INTEGER,
    "cost_state" TEXT NOT NULL,
    "cost_nano_usd" BIGINT,
    "price_id" UUID,
    "latency_ms" DOUBLE PRECISION NOT NULL,
    "first_token_ms" DOUBLE PRECISION,
    "overhead_ms" DOUBLE PRECISION NOT NULL,
    "request_bytes" INTEGER NOT NULL,
    "response_bytes" INTEGER NOT NULL,
    "config_version" BIGINT NOT NULL,
    "trace_id" TEXT,
    "detail" JSONB NOT NULL,

    CONSTRAINT "request_events_pkey" PRIMARY KEY ("occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "usage_rollups" (
    "id" BIGSERIAL NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "organization_id" UUID NOT NULL,
    "team_id" UUID,
    "person_id" UUID,
    "key_id" UUID,
    "agent_id" UUID,
    "workload" TEXT,
    "use_case" TEXT,
    "model_id" UUID,
    "provider_id" UUID,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "refused" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "cached_input_tokens" BIGINT NOT NULL,
    "cache_write_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL,
    "cost_nano_usd" BIGINT NOT NULL,
    "unpriced_requests" BIGINT NOT NULL,
    "unknown_usage" BIGINT NOT NULL,
    "latency_ms_sum" DOUBLE PRECISION NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_rollups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "latency_rollups" (
    "id" BIGSERIAL NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "organization_id" UUID NOT NULL,
    "team_id" UUID,
    "model_id" UUID,
    "provider_id" UUID,
    "measure" TEXT NOT NULL,
    "bucket" SMALLINT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "latency_rollups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" "KeyKind" NOT NULL DEFAULT 'live',
    "public_id" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "team_id" UUID NOT NULL,
    "person_id" UUID,
    "environment" "KeyEnvironment" NOT NULL,
    "model_ids" UUID[],
    "requests_per_minute" INTEGER,
    "daily_limit_nano_usd" BIGINT,
    "ip_allow_list" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,
    "rotated_from_id" UUID,
    "grace_until" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_requests" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "person_id" UUID,
    "outcome" TEXT NOT NULL,
    "automatic" BOOLEAN NOT NULL,
    "reason" TEXT,
    "key_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "people" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT,
    "roles" TEXT[],
    "status" "PersonStatus" NOT NULL DEFAULT 'active',
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "last_seen_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deactivated_at" TIMESTAMPTZ(3),

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_links" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "cost_centre" TEXT,
    "key_bounds" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "organization_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" "MembershipKind" NOT NULL DEFAULT 'member',
    "from_group" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("team_id","person_id")
);

-- CreateTable
CREATE TABLE "group_mappings" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "group" TEXT NOT NULL,
    "team_id" UUID,
    "membership" "MembershipKind",
    "role" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "group_mappings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_tokens" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "public_id" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "created_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "service_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "href" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "occasion" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "table" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_sequence_key" ON "audit_entries"("sequence");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_sequence_idx" ON "audit_entries"("organization_id", "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_subject_kind_subject_id_idx" ON "audit_entries"("organization_id", "subject_kind", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_leaves_entry_id_key" ON "audit_leaves"("entry_id");

-- CreateIndex
CREATE INDEX "audit_checkpoints_organization_id_tree_size_idx" ON "audit_checkpoints"("organization_id", "tree_size" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "providers_organization_id_name_key" ON "providers"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "models_organization_id_identifier_key" ON "models"("organization_id", "identifier");

-- CreateIndex
CREATE UNIQUE INDEX "model_prices_model_id_valid_from_key" ON "model_prices"("model_id", "valid_from");

-- CreateIndex
CREATE INDEX "gateway_config_version_idx" ON "gateway_config"("version");

-- CreateIndex
CREATE INDEX "request_events_organization_id_occurred_at_id_idx" ON "request_events"("organization_id", "occurred_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "request_events_organization_id_key_id_occurred_at_idx" ON "request_events"("organization_id", "key_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "request_events_organization_id_team_id_occurred_at_idx" ON "request_events"("organization_id", "team_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "request_events_id_idx" ON "request_events"("id");

-- CreateIndex
CREATE INDEX "usage_rollups_organization_id_hour_idx" ON "usage_rollups"("organization_id", "hour");

-- CreateIndex
CREATE INDEX "usage_rollups_organization_id_key_id_hour_idx" ON "usage_rollups"("organization_id", "key_id", "hour");

-- CreateIndex
CREATE INDEX "usage_rollups_organization_id_team_id_hour_idx" ON "usage_rollups"("organization_id", "team_id", "hour");

-- CreateIndex
CREATE INDEX "usage_rollups_organization_id_person_id_hour_idx" ON "usage_rollups"("organization_id", "person_id", "hour");

-- CreateIndex
CREATE INDEX "latency_rollups_organization_id_hour_idx" ON "latency_rollups"("organization_id", "hour");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_public_id_key" ON "api_keys"("public_id");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_created_at_idx" ON "api_keys"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "api_keys_team_id_idx" ON "api_keys"("team_id");

-- CreateIndex
CREATE INDEX "api_keys_person_id_idx" ON "api_keys"("person_id");

-- CreateIndex
CREATE INDEX "key_requests_organization_id_created_at_idx" ON "key_requests"("organization_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE INDEX "people_email_idx" ON "people"("email");

-- CreateIndex
CREATE UNIQUE INDEX "people_organization_id_email_key" ON "people"("organization_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "identities_issuer_subject_key" ON "identities"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_links_token_hash_key" ON "sign_in_links"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "teams_organization_id_slug_key" ON "teams"("organization_id", "slug");

-- CreateIndex
CREATE INDEX "memberships_person_id_idx" ON "memberships"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "group_mappings_organization_id_group_team_id_role_key" ON "group_mappings"("organization_id", "group", "team_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "service_tokens_public_id_key" ON "service_tokens"("public_id");

-- CreateIndex
CREATE INDEX "service_tokens_organization_id_idx" ON "service_tokens"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "notices_organization_id_person_id_occasion_key" ON "notices"("organization_id", "person_id", "occasion");

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_person_id_table_name_key" ON "saved_views"("person_id", "table", "name");

-- AddForeignKey
ALTER TABLE "providers" ADD CONSTRAINT "providers_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "models" ADD CONSTRAINT "models_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "models" ADD CONSTRAINT "models_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "providers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_prices" ADD CONSTRAINT "model_prices_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "people" ADD CONSTRAINT "people_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_mappings" ADD CONSTRAINT "group_mappings_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_tokens" ADD CONSTRAINT "service_tokens_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
