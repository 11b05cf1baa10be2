import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { RemoveRemoteInput } from './schema.ts'

/** Pushes the repository nowhere from now on; what was pushed stays where it is. */
export async function removeRemote({ ctx, input }: VerbArgs): Promise<{ removed: true }> {
  requirePermission(ctx, 'artifacts.manage')
  const { reason } = parseInput(RemoveRemoteInput, input)
  const { organizationId } = ctx
  return transact(ctx, async tx => {
    const before = await tx.artifactRemote.findUnique({ where: { organizationId } })
    if (!before) throw notFound('remote')
    await tx.artifactRemote.delete({ where: { organizationId } })
    await audit(tx, ctx, {
      action: 'artifact_remote.removed',
      subject: { kind: 'artifact_remote', id: organizationId, name: before.url },
      before: { url: before.url, branch: before.branch, username: before.username },
      reason,
    })
    return { removed: true as const }
  })
}
