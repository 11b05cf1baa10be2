import 'server-only'
import type { z } from 'zod'
import { artifactFiles } from '#core/artifacts/artifact.ts'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { decodeCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { sql } from '#lib/platform/sql.ts'
import { read } from '#lib/platform/transaction.ts'
import type { ArtifactCommit, RecordVersion } from '#prisma/generated/client.ts'
import type { CommitDetailDto, CommitDto, ListCommitsQuery, RepositoryDto } from './schema.ts'
import { remoteDto, toArtifact } from './to-artifact.ts'

/** How far the repository is, and what it holds. */
export function getRepository(ctx: Context): Promise<RepositoryDto> {
  requirePermission(ctx, 'artifacts.read')
  const { organizationId } = ctx
  return read(ctx, async tx => {
    const head = await tx.artifactCommit.findFirst({ where: { organizationId }, orderBy: { place: 'desc' } })
    const versions = await tx.recordVersion.count({ where: { organizationId } })
    const kinds = await tx.$queryRaw<{ kind: string; records: bigint }[]>(sql`
      select kind, count(distinct record_id) as records from record_versions
      where organization_id = ${organizationId}::uuid group by kind order by kind`)
    const commits = head?.place ?? 0
    const remote = await tx.artifactRemote.findUnique({ where: { organizationId } })
    return {
      commits,
      waiting: Math.max(0, versions - commits),
      head: head?.oid ?? null,
      headAt: head?.createdAt.toISOString() ?? null,
      remote: remote && remoteDto(remote),
      kinds: kinds.map(({ kind, records }) => ({ kind, records: Number(records) })),
    }
  })
}

/** Commits, newest first. */
export function listCommits(ctx: Context, query: z.output<typeof ListCommitsQuery>): Promise<Page<CommitDto>> {
  requirePermission(ctx, 'artifacts.read')
  const { organizationId } = ctx
  const before = query.cursor ? Number(decodeCursor(query.cursor, /^\d{1,9}$/)) : null
  return read(ctx, async tx => {
    const rows = await tx.$queryRaw<(ArtifactCommit & RecordVersion & { place: number })[]>(sql`
      select c.place, c.oid, c.path, v.id, v.kind, v.record_id as "recordId", v.version, v.name, v.document, v.changes,
        v.reason, v.author_name as "authorName", v.approval, v.created_at as "createdAt"
      from artifact_commits c join record_versions v on v.id = c.version_id
      where c.organization_id = ${organizationId}::uuid
        and (${before}::int is null or c.place < ${before}::int)
        and (${query.kind ?? null}::text is null or v.kind = ${query.kind ?? null}::text)
        and (${query.search ?? null}::text is null or strpos(lower(v.name), lower(${query.search ?? null}::text)) > 0)
      order by c.place desc limit ${query.limit + 1}`)
    const page = toPage(rows, query.limit, last => String(last.place))
    return { ...page, data: page.data.map(row => commitDto(row, row)) }
  })
}

/** One commit with both files, as they are and as they were; throws `not_found` for any other. */
export function getCommit(ctx: Context, id: string): Promise<CommitDetailDto> {
  requirePermission(ctx, 'artifacts.read')
  if (!isId(id)) throw notFound('commit')
  const { organizationId } = ctx
  return read(ctx, async tx => {
    const commit = await tx.artifactCommit.findFirst({ where: { organizationId, versionId: id } })
    const row = commit ? await tx.recordVersion.findFirst({ where: { organizationId, id } }) : null
    if (!commit || !row) throw notFound('commit')
    const previous = await tx.recordVersion.findFirst({
      where: { organizationId, kind: row.kind, recordId: row.recordId, version: { lt: row.version } },
      orderBy: { version: 'desc' },
    })
    const earlier = previous ? artifactFiles(toArtifact(previous)) : []
    const version = toArtifact(row)
    return {
      ...commitDto(commit, row),
      changes: [...version.changes],
      files: artifactFiles(version).map((file, index) => ({ ...file, before: earlier[index]?.content ?? null })),
    }
  })
}

function commitDto(commit: Pick<ArtifactCommit, 'oid' | 'path'>, row: RecordVersion): CommitDto {
  const { kind, id: recordId, name, version, reason, authorName, approval, at } = toArtifact(row)
  return {
    ...{ id: row.id, oid: commit.oid, kind, recordId, name, version, path: commit.path, reason },
    authorName: approval?.requesterName ?? authorName,
    approverNames: [...(approval?.approverNames ?? [])],
    approvalId: approval?.id ?? null,
    at: at.toISOString(),
  }
}
