import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ArtifactFile, artifactFiles } from '#core/artifacts/artifact.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, notFound, parseInput } from '#lib/platform/errors.ts'
import { sql } from '#lib/platform/sql.ts'
import { read } from '#lib/platform/transaction.ts'
import type { ArtifactRemote, RecordVersion } from '#prisma/generated/client.ts'
import { proposeChanges } from './propose-changes.ts'
import { fetchProposals } from './remote.ts'
import { filesOf, makeRepository } from './repository.ts'
import { type ProposalDto, ProposeFromRemoteInput } from './schema.ts'
import { toArtifact } from './to-artifact.ts'

/**
 * Takes what differs on the remote's branch of proposals as changes to be reviewed. Throws `not_found` without a remote,
 * `upstream_failed` with what it said when it cannot be read, `conflict` when nothing differs.
 */
export async function proposeFromRemote({ ctx, input }: VerbArgs): Promise<{ data: ProposalDto[] }> {
  requirePermission(ctx, 'artifacts.manage')
  const { reason } = parseInput(ProposeFromRemoteInput, input)
  const { organizationId } = ctx
  const remote = await read(ctx, tx => tx.artifactRemote.findUnique({ where: { organizationId } }))
  if (!remote) throw notFound('remote')
  const known = await currentFiles(ctx)
  const proposed = await fetched(remote, known)
  const differing = [...proposed].filter(([name, content]) => known.get(name)?.content !== content)
  const earlier = await earlierTexts(
    ctx,
    differing.map(([name]) => known.get(name)?.recordId ?? ''),
  )
  // A branch that is behind says what was in force once: nobody has changed that, and nothing is undone by it.
  const files = differing.flatMap(([name, content]) => (earlier.has(content) ? [] : [{ path: name, content }]))
  if (files.length === 0) throw conflict(`Nothing on ${remote.proposalsBranch} differs from what is in force.`)
  return proposeChanges({ ctx, input: { files, reason } })
}

/** Files of the branch; brought to a folder of this moment, since the portal need not run where the repository is. */
async function fetched(remote: ArtifactRemote, wanted: { has(path: string): boolean }): Promise<Map<string, string>> {
  const gitdir = await mkdtemp(path.join(tmpdir(), 'gatehouse-proposals-'))
  try {
    await makeRepository(gitdir)
    const head = await fetchProposals(gitdir, remote)
    const files = head === null ? null : await filesOf(gitdir, head, wanted)
    if (!files) throw new Error(`there is no branch ${remote.proposalsBranch}`)
    return files
  } catch (error) {
    throw new DomainError('upstream_failed', `${remote.url}: ${(error as Error).message}`)
  } finally {
    await rm(gitdir, { recursive: true, force: true })
  }
}

interface KnownFile {
  readonly recordId: string
  readonly content: string
}

/** Policies and models as the repository holds them now. */
function currentFiles(ctx: Context): Promise<Map<string, KnownFile>> {
  return read(ctx, async tx => {
    const newest = await tx.$queryRaw<{ id: string }[]>(sql`
      select distinct on (kind, record_id) id from record_versions
      where organization_id = ${ctx.organizationId}::uuid and kind in ('policy', 'model')
      order by kind, record_id, version desc`)
    const rows = await tx.recordVersion.findMany({ where: { id: { in: newest.map(({ id }) => id) } } })
    return new Map(rows.map(row => [fileOf(row).path, { recordId: row.recordId, content: fileOf(row).content }]))
  })
}

/** What the files of these records have held in any version. */
function earlierTexts(ctx: Context, recordIds: readonly string[]): Promise<Set<string>> {
  const where = {
    organizationId: ctx.organizationId,
    kind: { in: ['policy', 'model'] },
    recordId: { in: [...recordIds] },
  }
  return read(ctx, async tx => {
    const rows = await tx.recordVersion.findMany({ where })
    return new Set(rows.map(row => fileOf(row).content))
  })
}

/** The file of a version that can come back: a policy's text, a model's facts. */
function fileOf(row: RecordVersion): ArtifactFile {
  const wanted = row.kind === 'policy' ? '.md' : '.yaml'
  const file = artifactFiles(toArtifact(row)).find(({ path: name }) => name.endsWith(wanted))
  if (!file) throw new Error(`a version has no ${wanted}`)
  return file
}
