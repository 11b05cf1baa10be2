import { artifactFiles, artifactPath, commitMessage } from '#core/artifacts/artifact.ts'
import { databases } from '#lib/platform/database.ts'
import { log } from '#lib/platform/log.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { RecordVersion } from '#prisma/generated/client.ts'
import { commit, hasCommit, headOf, makeRepository, repositoryOf } from './repository.ts'
import { toArtifact } from './to-artifact.ts'

/** Commits of one round; what is left waits for the next. */
const MOST = 500
const TIMEOUT_MS = 120_000

/** The repository does not hold what was committed to it: somebody changed it, or the records it was made from. */
export class AlteredRepository extends Error {}

/**
 * Commits every version of a record that the organization's repository lacks, one commit each, in the order in which
 * they were made. Returns how many. The commits are a function of the versions: a repository that was lost is made
 * again with the same names, and one that differs throws `AlteredRepository`.
 */
export async function keepArtifacts(organizationId: string): Promise<number> {
  return databases().system.$transaction(
    async tx => {
      // One writer: of two workers, the second finds nothing left.
      await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('artifacts'), hashtext(${organizationId}))::text`
      let { oid: parent, place } = await goOnFrom(tx, organizationId)
      const pending = await pendingVersions(tx, organizationId)
      for (const row of pending) {
        parent = await commitVersion(organizationId, parent, row, await pathBefore(tx, organizationId, row))
        place += 1
        const path = artifactPath(toArtifact(row))
        await tx.artifactCommit.create({ data: { organizationId, place, versionId: row.id, path, oid: parent } })
      }
      return pending.length
    },
    { timeout: TIMEOUT_MS },
  )
}

/** Where the next commit goes: the recorded head, after the repository was made again when it is not there. */
async function goOnFrom(tx: Transaction, organizationId: string): Promise<{ oid: string | null; place: number }> {
  const last = await tx.artifactCommit.findFirst({ where: { organizationId }, orderBy: { place: 'desc' } })
  const gitdir = repositoryOf(organizationId)
  if (last && (await headOf(gitdir)) !== null && (await hasCommit(gitdir, last.oid))) return last
  await makeRepository(gitdir)
  if (!last) return { oid: null, place: 0 }
  log.warn({ organizationId, place: last.place }, 'the repository of governance records is made again')
  return { oid: await remake(tx, organizationId), place: last.place }
}

async function remake(tx: Transaction, organizationId: string): Promise<string> {
  const commits = await tx.artifactCommit.findMany({ where: { organizationId }, orderBy: { place: 'asc' } })
  const rows = await tx.recordVersion.findMany({ where: { organizationId } })
  const byId = new Map(rows.map(row => [row.id, row]))
  const paths = new Map<string, string>()
  let parent: string | null = null
  for (const { versionId, oid, path, place } of commits) {
    const row = byId.get(versionId)
    if (!row) throw new AlteredRepository(`the version of commit ${place} is gone`)
    const record = `${row.kind}/${row.recordId}`
    parent = await commitVersion(organizationId, parent, row, paths.get(record) ?? null)
    if (parent !== oid) throw new AlteredRepository(`commit ${place} is not what was recorded`)
    paths.set(record, path)
  }
  if (parent === null) throw new AlteredRepository('there is nothing to make it from')
  return parent
}

async function pendingVersions(tx: Transaction, organizationId: string): Promise<RecordVersion[]> {
  return tx.$queryRaw<RecordVersion[]>`
    select v.id, v.kind, v.record_id as "recordId", v.version, v.name, v.document, v.changes, v.reason,
      v.author_id as "authorId", v.author_name as "authorName", v.approval, v.created_at as "createdAt"
    from record_versions v
    where v.organization_id = ${organizationId}::uuid
      and not exists (select from artifact_commits c where c.version_id = v.id)
    order by v.created_at, v.id limit ${MOST}`
}

/** Where the record was kept until now, when it was kept elsewhere: it was renamed. */
async function pathBefore(tx: Transaction, organizationId: string, row: RecordVersion): Promise<string | null> {
  const [found] = await tx.$queryRaw<{ path: string }[]>`
    select c.path from artifact_commits c join record_versions v on v.id = c.version_id
    where c.organization_id = ${organizationId}::uuid and v.kind = ${row.kind} and v.record_id = ${row.recordId}::uuid
    order by c.place desc limit 1`
  return found?.path ?? null
}

async function commitVersion(
  organizationId: string,
  parent: string | null,
  row: RecordVersion,
  before: string | null,
): Promise<string> {
  const version = toArtifact(row)
  const path = artifactPath(version)
  return commit(repositoryOf(organizationId), {
    parent,
    files: artifactFiles(version),
    gone: before === null || before === path ? [] : [`${before}.yaml`, `${before}.md`],
    message: commitMessage(version),
    author: { name: version.approval?.requesterName ?? version.authorName, email: addressOf(row) },
    at: version.at,
  })
}

/** No address of anybody: people change theirs, and the same version must give the same commit at any time. */
function addressOf({ authorId, approval }: RecordVersion): string {
  return approval === null && authorId !== null ? `${authorId}@people.gatehouse.invalid` : 'gatehouse@localhost'
}
