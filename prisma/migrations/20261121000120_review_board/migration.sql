-- CreateTable
CREATE TABLE "board_charters" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "voting_rule" TEXT NOT NULL,
    "quorum" JSONB NOT NULL,
    "cadence" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_charters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_members" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "votes" BOOLEAN NOT NULL DEFAULT true,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_meetings" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "time_zone" TEXT NOT NULL,
    "location" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'scheduled',
    "cancel_reason" TEXT,
    "roster" JSONB,
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "minutes_state" TEXT NOT NULL DEFAULT 'none',
    "minutes_text" TEXT NOT NULL DEFAULT '',
    "minutes_digest" TEXT,
    "circulated_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "approved_by" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_meetings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_stays" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "board_stays_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_items" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "background" TEXT NOT NULL DEFAULT '',
    "motion" TEXT NOT NULL,
    "options" TEXT[],
    "subject_id" UUID,
    "notes" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'open',
    "outcome" TEXT,
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_votes" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "vote" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "recorded_by_id" UUID,
    "recorded_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_votes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_decisions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "meeting_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "options" TEXT[],
    "outcome" TEXT NOT NULL,
    "rationale" TEXT NOT NULL,
    "dissent" TEXT NOT NULL DEFAULT '',
    "votes" JSONB NOT NULL,
    "tally" JSONB NOT NULL,
    "quorum" JSONB NOT NULL,
    "voting_rule" TEXT NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "review_by" TIMESTAMPTZ(3),
    "supersedes_id" UUID,
    "superseded_by_id" UUID,
    "approval_id" UUID,
    "result" JSONB,
    "snapshot" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "board_decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_action_items" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "decision_id" UUID,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "owner_name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "evidence" TEXT NOT NULL DEFAULT '',
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_name" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_action_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_minutes_approvals" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_minutes_approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_minutes_comments" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "author_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_minutes_comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_calendar_links" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_calendar_links_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "board_charters_organization_id_key" ON "board_charters"("organization_id");

-- CreateIndex
CREATE INDEX "board_members_organization_id_person_id_idx" ON "board_members"("organization_id", "person_id");

-- CreateIndex
CREATE INDEX "board_meetings_organization_id_state_starts_at_idx" ON "board_meetings"("organization_id", "state", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "board_meetings_organization_id_number_key" ON "board_meetings"("organization_id", "number");

-- CreateIndex
CREATE INDEX "board_stays_meeting_id_idx" ON "board_stays"("meeting_id");

-- CreateIndex
CREATE INDEX "board_items_meeting_id_position_idx" ON "board_items"("meeting_id", "position");

-- CreateIndex
CREATE INDEX "board_items_organization_id_subject_id_idx" ON "board_items"("organization_id", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "board_votes_item_id_person_id_key" ON "board_votes"("item_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "board_decisions_item_id_key" ON "board_decisions"("item_id");

-- CreateIndex
CREATE INDEX "board_decisions_organization_id_decided_at_idx" ON "board_decisions"("organization_id", "decided_at" DESC);

-- CreateIndex
CREATE INDEX "board_decisions_organization_id_approval_id_idx" ON "board_decisions"("organization_id", "approval_id");

-- CreateIndex
CREATE UNIQUE INDEX "board_decisions_organization_id_year_sequence_key" ON "board_decisions"("organization_id", "year", "sequence");

-- CreateIndex
CREATE INDEX "board_action_items_organization_id_state_due_at_idx" ON "board_action_items"("organization_id", "state", "due_at");

-- CreateIndex
CREATE INDEX "board_action_items_organization_id_owner_id_state_idx" ON "board_action_items"("organization_id", "owner_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "board_minutes_approvals_meeting_id_person_id_digest_key" ON "board_minutes_approvals"("meeting_id", "person_id", "digest");

-- CreateIndex
CREATE INDEX "board_minutes_comments_meeting_id_id_idx" ON "board_minutes_comments"("meeting_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "board_calendar_links_token_hash_key" ON "board_calendar_links"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "board_calendar_links_organization_id_person_id_key" ON "board_calendar_links"("organization_id", "person_id");

-- AddForeignKey
ALTER TABLE "board_stays" ADD CONSTRAINT "board_stays_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "board_meetings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_items" ADD CONSTRAINT "board_items_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "board_meetings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_votes" ADD CONSTRAINT "board_votes_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "board_items"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_decisions" ADD CONSTRAINT "board_decisions_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "board_items"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_action_items" ADD CONSTRAINT "board_action_items_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "board_decisions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_minutes_approvals" ADD CONSTRAINT "board_minutes_approvals_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "board_meetings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_minutes_comments" ADD CONSTRAINT "board_minutes_comments_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "board_meetings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A request waits on one agenda at a time.
CREATE UNIQUE INDEX board_items_one_open ON board_items (organization_id, subject_id)
  WHERE kind = 'request' AND state IN ('open', 'current', 'voting');

-- Approved minutes are frozen: neither their text nor that they are approved ever changes.
CREATE FUNCTION keep_approved_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.minutes_state = 'approved' AND (NEW.minutes_state, NEW.minutes_text, NEW.minutes_digest)
    IS DISTINCT FROM (OLD.minutes_state, OLD.minutes_text, OLD.minutes_digest) THEN
    RAISE EXCEPTION 'approved minutes are frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER board_meetings_keep_minutes BEFORE UPDATE ON board_meetings
  FOR EACH ROW EXECUTE FUNCTION keep_approved_minutes();

SELECT isolate_by_organization('board_charters');
SELECT isolate_by_organization('board_members');
SELECT isolate_by_organization('board_meetings');
SELECT isolate_by_organization('board_stays');
SELECT isolate_by_organization('board_items');
SELECT isolate_by_organization('board_votes');
SELECT isolate_by_organization('board_decisions');
SELECT isolate_by_organization('board_action_items');
SELECT isolate_by_organization('board_minutes_approvals');
SELECT isolate_by_organization('board_minutes_comments');
SELECT isolate_by_organization('board_calendar_links');
REVOKE DELETE ON board_meetings, board_items, board_decisions, board_action_items, board_minutes_approvals FROM gatehouse_app;
