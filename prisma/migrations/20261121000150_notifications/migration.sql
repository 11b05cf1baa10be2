-- AlterTable
ALTER TABLE "approval_requests" ADD COLUMN     "tier" TEXT;

-- AlterTable
ALTER TABLE "notices" ADD COLUMN     "read_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "notification_channels" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "news_kinds" TEXT[],
    "details_up_to" TEXT,
    "target" JSONB NOT NULL,
    "secrets" TEXT NOT NULL,
    "previous_secret" TEXT,
    "previous_until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_deliveries" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "person_id" UUID,
    "kind" TEXT NOT NULL,
    "message" JSONB NOT NULL,
    "digest" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),
    "remote_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_attempts" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "status" INTEGER,
    "answer" TEXT NOT NULL,
    "ms" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_preferences" (
    "person_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "document" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notification_preferences_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "channel_interactions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "nonce" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_interactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_visits" (
    "person_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "since_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_visits_pkey" PRIMARY KEY ("person_id")
);

-- CreateIndex
CREATE INDEX "notification_channels_organization_id_archived_at_idx" ON "notification_channels"("organization_id", "archived_at");

-- CreateIndex
CREATE INDEX "notification_deliveries_organization_id_id_idx" ON "notification_deliveries"("organization_id", "id" DESC);

-- CreateIndex
CREATE INDEX "notification_deliveries_channel_id_id_idx" ON "notification_deliveries"("channel_id", "id" DESC);

-- CreateIndex
CREATE INDEX "notification_attempts_delivery_id_attempt_idx" ON "notification_attempts"("delivery_id", "attempt");

-- CreateIndex
CREATE INDEX "notification_preferences_organization_id_idx" ON "notification_preferences"("organization_id");

-- CreateIndex
CREATE INDEX "channel_interactions_received_at_idx" ON "channel_interactions"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "channel_interactions_channel_id_nonce_key" ON "channel_interactions"("channel_id", "nonce");

-- CreateIndex
CREATE INDEX "person_visits_organization_id_idx" ON "person_visits"("organization_id");

-- CreateIndex
CREATE INDEX "notices_person_id_id_idx" ON "notices"("person_id", "id" DESC);

-- AddForeignKey
ALTER TABLE "notification_deliveries" ADD CONSTRAINT "notification_deliveries_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "notification_channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_attempts" ADD CONSTRAINT "notification_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "notification_deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_visits" ADD CONSTRAINT "person_visits_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Workers look for what is due and nothing else; what has ended stays in the table for good.
CREATE INDEX notification_deliveries_due ON notification_deliveries (next_at) WHERE state = 'waiting';

SELECT isolate_by_organization('notification_channels');
SELECT isolate_by_organization('notification_deliveries');
SELECT isolate_by_organization('notification_attempts');
SELECT isolate_by_organization('notification_preferences');
SELECT isolate_by_organization('channel_interactions');
SELECT isolate_by_organization('person_visits');
