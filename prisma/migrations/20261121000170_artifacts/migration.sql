-- AlterTable
ALTER TABLE "record_versions" ADD COLUMN     "approval" JSONB,
ADD COLUMN     "name" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "artifact_commits" (
    "organization_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "version_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "oid" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifact_commits_pkey" PRIMARY KEY ("organization_id","place")
);

-- CreateTable
CREATE TABLE "artifact_remotes" (
    "organization_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "branch" TEXT NOT NULL,
    "proposals_branch" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "password" TEXT,
    "allow_private_network" BOOLEAN NOT NULL DEFAULT false,
    "pushed_oid" TEXT,
    "pushed_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifact_remotes_pkey" PRIMARY KEY ("organization_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "artifact_commits_version_id_key" ON "artifact_commits"("version_id");

SELECT isolate_by_organization('artifact_commits');
SELECT isolate_by_organization('artifact_remotes');

-- The history of the repository is written by the worker alone.
REVOKE INSERT, UPDATE, DELETE ON artifact_commits FROM gatehouse_app;
REVOKE UPDATE ON artifact_commits FROM gatehouse_system;
