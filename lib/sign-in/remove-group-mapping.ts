import { z } from 'zod'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'

const RemoveGroupMappingInput = z.strictObject({ id: z.uuid() })

/** Takes a mapping away; what it gave goes at each person's next sign-in. */
export async function removeGroupMapping({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'people.manage')
  const { id } = parseInput(RemoveGroupMappingInput, input)
  return transact(ctx, async tx => {
    const mapping = await tx.groupMapping.findFirst({ where: { id, organizationId: ctx.organizationId } })
    if (!mapping) throw notFound('group mapping')
    await tx.groupMapping.delete({ where: { id } })
    const { group, teamId, membership, role } = mapping
    await audit(tx, ctx, {
      action: 'group_mapping.removed',
      subject: { kind: 'group_mapping', id, name: group },
      before: { group, teamId, membership, role },
    })
    return { id }
  })
}
