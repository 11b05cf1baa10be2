import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { RiskControl } from '#prisma/generated/client.ts'
import { controlRecords } from './control-records.ts'
import { findRisk } from './find-risk.ts'
import { riskAcceptanceKind } from './risk-acceptance-kind.ts'
import { CONTROL_KINDS, type ControlDto, type RiskDetailDto } from './schema.ts'
import { toRiskDto } from './to-risk-dto.ts'

/** One risk with its controls; throws `not_found` for one of another organization. */
export function getRisk(ctx: Context, id: string): Promise<RiskDetailDto> {
  requirePermission(ctx, 'risks.read')
  return read(ctx, async tx => {
    const risk = await findRisk(tx, ctx, id)
    const controls = await tx.riskControl.findMany({ where: { riskId: id }, orderBy: { id: 'asc' } })
    const owner = risk.ownerId
      ? await tx.person.findFirst({
          where: { id: risk.ownerId, organizationId: ctx.organizationId },
          select: { name: true },
        })
      : null
    const pending = await tx.approvalRequest.findFirst({
      where: { organizationId: ctx.organizationId, kind: riskAcceptanceKind.id, subjectId: id, state: 'pending' },
      select: { id: true },
    })
    return {
      ...toRiskDto(risk, owner?.name ?? null, controls.length),
      ...{ description: risk.description, plan: risk.plan, acceptedBy: risk.acceptedBy },
      linked: await linkedControls(tx, ctx, controls),
      acceptedAt: risk.acceptedAt?.toISOString() ?? null,
      acceptedUntil: risk.acceptedUntil?.toISOString() ?? null,
      pendingApprovalId: pending?.id ?? null,
      createdAt: risk.createdAt.toISOString(),
    }
  })
}

/** Controls with what has become of their records. */
export async function linkedControls(
  tx: Transaction,
  ctx: Context,
  controls: readonly RiskControl[],
): Promise<ControlDto[]> {
  const found: ControlDto[] = []
  for (const kind of CONTROL_KINDS) {
    const ofKind = controls.filter(control => control.kind === kind)
    if (ofKind.length === 0) continue
    const ids = ofKind.map(({ recordId }) => recordId)
    const records = new Map((await controlRecords(tx, ctx, kind, ids)).map(record => [record.id, record]))
    for (const { id, recordId, name, note } of ofKind) {
      const record = records.get(recordId)
      const { href, broken } = record ?? { href: '', broken: 'It was removed.' }
      found.push({ id, kind, recordId, name: record?.name ?? name, note, href, broken })
    }
  }
  return found
}
