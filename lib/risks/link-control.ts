import { newId } from '#core/ids.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { controlRecords } from './control-records.ts'
import { lockOpenRisk } from './find-risk.ts'
import { getRisk } from './get-risk.ts'
import { keepRisk } from './keep-risk.ts'
import { LinkControlInput, type RiskDetailDto } from './schema.ts'

/** Names a record that makes a risk smaller. When the record is no more, the link shows as broken. */
export async function linkControl({ ctx, input }: VerbArgs): Promise<RiskDetailDto> {
  requirePermission(ctx, 'risks.manage')
  const { id, kind, recordId, note } = parseInput(LinkControlInput, input)
  return transact(ctx, async tx => {
    const before = await lockOpenRisk(tx, ctx, id)
    const [record] = await controlRecords(tx, ctx, kind, [recordId])
    if (!record) throw invalid('recordId', 'There is no such record here.')
    if ((await tx.riskControl.count({ where: { riskId: id, kind, recordId } })) > 0) {
      throw conflict(`${record.name} is linked already.`)
    }
    const { organizationId } = ctx
    await tx.riskControl.create({
      data: { id: newId(), organizationId, riskId: id, kind, recordId, name: record.name, note },
    })
    const after = await tx.risk.update({ where: { id }, data: { version: before.version + 1, updatedAt: new Date() } })
    const more = { before: { control: null }, after: { control: `${kind} ${record.name}` } }
    await keepRisk(tx, ctx, { before, after, action: 'risk.control_linked', reason: note, more })
    return getRisk({ ...ctx, tx }, id)
  })
}
