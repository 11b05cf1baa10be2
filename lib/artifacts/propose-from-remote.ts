import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { artifactFiles } from '#core/artifacts/artifact.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, notFound, parseInput } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import type { ArtifactRemote } from '#prisma/generated/client.ts'
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
  const proposed = await fetched(remote)
  const known = await currentFiles(ctx)
  const files = [...proposed]
    .filter(([name, content]) => known.has(name) && known.get(name) !== content)
    .map(([name, content]) => ({ path: name, content }))
  if (files.length === 0) throw conflict(`Nothing on ${remote.proposalsBranch} differs from what is in force.`)
  return proposeChanges({ ctx, input: { files, reason } })
}

/** Files of the branch; brought to a folder of this moment, since the portal need not run where the repository is. */
async function fetched(remote: ArtifactRemote): Promise<Map<string, string>> {
  const gitdir = await mkdtemp(path.join(tmpdir(), 'gatehouse-proposals-'))
  try {
    await makeRepository(gitdir)
    const head = await fetchProposals(gitdir, remote)
    const files = head === null ? null : await filesOf(gitdir, head)
    if (!files) throw new Error(`there is no branch ${remote.proposalsBranch}`)
    return files
  } catch (error) {
    throw new DomainError('upstream_failed', `${remote.url}: ${(error as Error).message}`)
  } finally {
    await rm(gitdir, { recursive: true, force: true })
  }
}

/** Policies and models as the repository holds them now. */
function currentFiles(ctx: Context): Promise<Map<string, string>> {
  return read(ctx, async tx => {
    const rows = await tx.recordVersion.findMany({
      where: { organizationId: ctx.organizationId, kind: { in: ['policy', 'model'] } },
      orderBy: { version: 'desc' },
      distinct: ['kind', 'recordId'],
    })
    const files = rows.flatMap(row => {
      const wanted = row.kind === 'policy' ? '.md' : '.yaml'
      return artifactFiles(toArtifact(row)).filter(file => file.path.endsWith(wanted))
    })
    return new Map(files.map(file => [file.path, file.content]))
  })
}
