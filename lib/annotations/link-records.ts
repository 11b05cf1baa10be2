import type { VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireVisible } from './annotated-records.ts'
import { LinkRecordsInput } from './schema.ts'
import { lockAnnotations, requireAuthor, writeAnnotation } from './write-annotation.ts'

/**
 * Links two records that the caller may see; either shows the other from then on. Throws `conflict` when they are
 * linked already, whichever was linked with which.
 */
export function linkRecords({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requireAuthor(ctx)
  const { recordKind: kind, recordId, linkedKind, linkedId, text } = parseInput(LinkRecordsInput, input)
  if (recordId === linkedId) throw invalid('linkedId', 'A record cannot be linked with itself. Name another one.')
  return transact(ctx, async tx => {
    const record = await requireVisible(tx, ctx, { kind, id: recordId })
    const linked = await requireVisible(tx, ctx, { kind: linkedKind, id: linkedId })
    const [first, second] = [record, linked].sort((a, b) => (a.id < b.id ? -1 : 1)) as [typeof record, typeof linked]
    await lockAnnotations(tx, first)
    await lockAnnotations(tx, second)
    const twins = await tx.annotation.count({
      where: {
        ...{ organizationId: ctx.organizationId, kind: 'link', withdrawnAt: null },
        OR: [
          { recordId, linkedId },
          { recordId: linkedId, linkedId: recordId },
        ],
      },
    })
    if (twins > 0) throw conflict(`${record.name} and ${linked.name} are linked already.`)
    const said = { kind: 'link', text, linkedKind, linkedId }
    const after = { linkedKind, linkedId, linked: linked.name, text }
    return writeAnnotation(tx, ctx, record, { said, action: `${kind}.linked`, after })
  })
}
