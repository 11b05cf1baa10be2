import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { lockDraft, requirePeople } from './find-brief.ts'
import { contentOf, toBriefDetail } from './queries.ts'
import { type BriefDetailDto, SaveBriefInput } from './schema.ts'

/** Saves what has been written so far; it may be incomplete. The answer says what it lacks and what is alike. */
export async function saveBrief({ ctx, input }: VerbArgs): Promise<BriefDetailDto> {
  requirePermission(ctx, 'workloads.propose')
  const { id, content, ...changes } = parseInput(SaveBriefInput, input)
  return transact(ctx, async tx => {
    const before = await lockDraft(tx, ctx, id)
    await requirePeople(tx, ctx, changes)
    const merged = { ...contentOf(before), ...content } as Prisma.InputJsonObject
    const data = { ...changes, content: merged, updatedAt: new Date() }
    const after = await tx.brief.update({ where: { id }, data })
    // What it says is kept when it is submitted; until then it binds nobody.
    await audit(tx, ctx, {
      action: 'brief.saved',
      subject: { kind: 'brief', id, name: after.name },
      after: { fields: [...Object.keys(changes), ...Object.keys(content ?? {})] },
    })
    return toBriefDetail(tx, ctx, after)
  })
}
