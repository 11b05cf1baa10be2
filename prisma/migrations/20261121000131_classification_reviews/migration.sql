-- AlterTable
ALTER TABLE "tiers" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "data_sources" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "review_every_days" INTEGER NOT NULL DEFAULT 182,
ADD COLUMN "reviewed_at" TIMESTAMPTZ(3),
ADD COLUMN "reviewed_by_name" TEXT,
ADD COLUMN "review_due_at" TIMESTAMPTZ(3);
