import 'server-only'
import { riskLevel, riskScore } from '#core/risks/risk.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { onePage, type Page } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { controlRecords } from './control-records.ts'
import { findRisk } from './find-risk.ts'
import { residualOf } from './risk-record.ts'
import { CONTROL_KINDS, type ControlKind, type ListRisksQuery, type RiskDto } from './schema.ts'
import { toRiskDto } from './to-risk-dto.ts'

const MOST = 500

/** The register, the gravest that are left first; short enough to be one page. */
export function listRisks(ctx: Context, query: ListRisksQuery): Promise<Page<RiskDto>> {
  requirePermission(ctx, 'risks.read')
  return read(ctx, async tx => {
    const rows = await tx.risk.findMany({
      where: {
        organizationId: ctx.organizationId,
        ...(query.state === 'all' ? {} : { closedAt: query.state === 'open' ? null : { not: null } }),
        ...(query.category ? { category: query.category } : {}),
        ...(query.ownerId ? { ownerId: query.ownerId } : {}),
        ...(query.search ? { title: { contains: query.search, mode: 'insensitive' } } : {}),
      },
      include: { _count: { select: { controls: true } } },
      orderBy: { id: 'asc' },
      take: MOST,
    })
    const ids = rows.flatMap(({ ownerId }) => ownerId ?? [])
    const owners = await tx.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
    const names = new Map(owners.map(({ id, name }) => [id, name]))
    const wanted = rows.filter(row => !query.level || riskLevel(residualOf(row)) === query.level)
    wanted.sort((a, b) => riskScore(residualOf(b)) - riskScore(residualOf(a)) || (a.title < b.title ? -1 : 1))
    return onePage(wanted.map(row => toRiskDto(row, names.get(row.ownerId ?? '') ?? null, row._count.controls)))
  })
}

/** What a risk was after each change, newest first. */
export function riskHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'risks.read')
  return read(ctx, async tx => {
    await findRisk(tx, ctx, id)
    return versionsOf(tx, ctx, { kind: 'risk', id })
  })
}

export type ControlChoices = Record<ControlKind, { value: string; label: string }[]>

/** The records that can be linked as controls: names only. */
export function controlChoices(ctx: Context): Promise<ControlChoices> {
  requirePermission(ctx, 'risks.manage')
  return read(ctx, async tx => {
    const choices = {} as ControlChoices
    for (const kind of CONTROL_KINDS) {
      const records = await controlRecords(tx, ctx, kind)
      choices[kind] = records.filter(one => one.broken === null).map(({ id, name }) => ({ value: id, label: name }))
    }
    return choices
  })
}
