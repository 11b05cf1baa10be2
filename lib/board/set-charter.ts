import { newId } from '#core/ids.ts'
import type { VerbArgs } from '#lib/platform/context.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireManager } from './board-access.ts'
import { charterInWords, keepCharter, lockCharter, toCharterDto } from './charter-record.ts'
import type { CharterDto } from './dto.ts'
import { SetCharterInput } from './schema.ts'

/** Writes the board's charter, or its next version. Meetings that have begun keep the rules they began under. */
export async function setCharter({ ctx, input }: VerbArgs): Promise<CharterDto> {
  requirePermission(ctx, 'board.manage')
  const { reason, ...fields } = parseInput(SetCharterInput, input)
  return transact(ctx, async tx => {
    await requireManager(tx, ctx)
    const { organizationId } = ctx
    const existing = await lockCharter(tx, ctx)
    const before = existing && (await charterInWords(tx, ctx, existing))
    const charter = existing
      ? await tx.boardCharter.update({
          where: { id: existing.id },
          data: { ...fields, version: existing.version + 1, updatedAt: new Date() },
        })
      : await tx.boardCharter.create({ data: { id: newId(), organizationId, ...fields } })
    const action = existing ? 'board_charter.changed' : 'board_charter.written'
    await keepCharter(tx, ctx, charter, { before, action, reason })
    return toCharterDto(charter, await tx.boardMember.findMany({ where: { organizationId } }))
  })
}
