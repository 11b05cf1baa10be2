import 'server-only'
import type { z } from 'zod'
import { isId } from '#core/ids.ts'
import { formatUsd } from '#core/money.ts'
import type { WorkloadLifecycle } from '#core/workloads/lifecycle.ts'
import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterName, nameCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import type { Workload } from '#prisma/generated/client.ts'
import { findWorkload, seesInside } from './find-workload.ts'
import type { ListWorkloadsQuery, UnregisteredWorkloadDto, WorkloadDto } from './schema.ts'

const MONTH_MS = 30 * 86_400_000
const MOST_UNREGISTERED = 100

/** The organization's workloads by name. */
export function listWorkloads(ctx: Context, query: z.output<typeof ListWorkloadsQuery>): Promise<Page<WorkloadDto>> {
  requirePermission(ctx, 'workloads.read')
  const { search, lifecycle, teamId, cursor, limit } = query
  return read(ctx, async tx => {
    const words = { contains: search ?? '', mode: 'insensitive' as const }
    const rows = await tx.workload.findMany({
      where: {
        AND: [{ organizationId: ctx.organizationId }, afterName(cursor)],
        ...(lifecycle ? { lifecycle } : {}),
        ...(teamId ? { teamId } : {}),
        ...(search ? { OR: [{ name: words }, { slug: words }] } : {}),
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: limit + 1,
    })
    const page = toPage(rows, limit, nameCursor)
    return { ...page, data: await workloadDtos(tx, ctx, page.data) }
  })
}

/** One workload; throws `not_found` for one that the organization does not have. */
export function getWorkload(ctx: Context, id: string): Promise<WorkloadDto> {
  requirePermission(ctx, 'workloads.read')
  if (!isId(id)) throw notFound('workload')
  return read(ctx, async tx => toWorkloadDto(tx, ctx, await findWorkload(tx, ctx, id)))
}

/** Its versions, newest first. */
export function workloadHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'workloads.read')
  return read(ctx, async tx => {
    await findWorkload(tx, ctx, id)
    return versionsOf(tx, ctx, { kind: 'workload', id })
  })
}

export interface WorkloadChoice {
  id: string
  name: string
  slug: string
  teamId: string
  keyScope: string
}

/** Workloads that a key can be bound to, by name. */
export function workloadChoices(ctx: Context): Promise<WorkloadChoice[]> {
  requirePermission(ctx, 'workloads.read')
  return read(ctx, tx =>
    tx.workload.findMany({
      where: { organizationId: ctx.organizationId, lifecycle: { not: 'decommissioned' } },
      orderBy: { name: 'asc' },
      select: { id: true, name: true, slug: true, teamId: true, keyScope: true },
    }),
  )
}

/** Names that callers sent in 30 days and nobody has registered, the most called first. */
export function listUnregistered(ctx: Context): Promise<UnregisteredWorkloadDto[]> {
  requirePermission(ctx, 'workloads.read')
  if (
    scopeOf(ctx.actor, 'usage.read') !== 'organization' &&
    scopeOf(ctx.actor, 'workloads.manage') !== 'organization'
  ) {
    return Promise.resolve([])
  }
  return read(ctx, async tx => {
    const rows = await tx.$queryRaw<
      { name: string; teams: { id: string; name: string }[]; requests: bigint; cost: bigint; last: Date | null }[]
    >`
      select r.workload as name, sum(r.requests)::bigint as requests, coalesce(sum(r.cost_nano_usd), 0)::bigint as cost,
        max(r.last_at) as last,
        coalesce(jsonb_agg(distinct jsonb_build_object('id', t.id, 'name', t.name)) filter (where t.id is not null), '[]')
          as teams
      from usage_rollups r left join teams t on t.id = r.team_id and t.organization_id = r.organization_id
      where r.organization_id = ${ctx.organizationId}::uuid and r.workload is not null
        and r.hour >= ${new Date(Date.now() - MONTH_MS)}
        and not exists (select 1 from workloads w where w.organization_id = r.organization_id and w.slug = r.workload)
      group by 1 order by 2 desc, 1 limit ${MOST_UNREGISTERED}`
    return rows.map(({ name, teams, requests, cost, last }) => ({
      name,
      teams,
      requests: Number(requests),
      costUsd: formatUsd(cost),
      lastAt: last?.toISOString() ?? null,
    }))
  })
}

/** A workload as its pages and the API show it. */
export async function toWorkloadDto(tx: Transaction, ctx: Context, workload: Workload): Promise<WorkloadDto> {
  const [dto] = await workloadDtos(tx, ctx, [workload])
  if (!dto) throw new Error('a workload has gone')
  return dto
}

async function workloadDtos(tx: Transaction, ctx: Context, workloads: readonly Workload[]): Promise<WorkloadDto[]> {
  const where = { organizationId: ctx.organizationId }
  const people = await tx.person.findMany({
    where: { ...where, id: { in: workloads.flatMap(one => one.ownerId ?? []) } },
    select: { id: true, name: true, status: true },
  })
  const teams = await tx.team.findMany({
    where: { ...where, id: { in: workloads.map(one => one.teamId) } },
    select: { id: true, name: true },
  })
  const models = await tx.model.findMany({
    where: { ...where, id: { in: workloads.flatMap(one => one.modelIds) } },
    select: { id: true, identifier: true },
  })
  const sums = await tx.usageRollup.groupBy({
    by: ['workload'],
    where: {
      ...where,
      workload: { in: workloads.map(one => one.slug) },
      hour: { gte: new Date(Date.now() - MONTH_MS) },
    },
    _sum: { requests: true, costNanoUsd: true },
  })
  const [owners, teamNames] = [new Map(people.map(one => [one.id, one])), new Map(teams.map(one => [one.id, one.name]))]
  const modelNames = new Map(models.map(one => [one.id, one.identifier]))
  const usage = new Map(sums.map(one => [one.workload, one._sum]))
  return workloads.map(workload => {
    const owner = owners.get(workload.ownerId ?? '')
    const sees = seesInside(ctx, 'usage.read', workload)
    const { organizationId: _, modelIds, keyScope, lifecycle, costPerCallNanoUsd, ...rest } = workload
    return {
      ...rest,
      teamName: teamNames.get(workload.teamId) ?? '',
      ownerName: owner?.name ?? null,
      ownerActive: owner ? owner.status === 'active' : null,
      lifecycle: lifecycle as WorkloadLifecycle,
      keyScope: keyScope as WorkloadDto['keyScope'],
      models: modelIds.map(id => ({ id, name: modelNames.get(id) ?? id })),
      costPerCallUsd: costPerCallNanoUsd === null ? null : formatUsd(costPerCallNanoUsd),
      sunsetAt: workload.sunsetAt?.toISOString() ?? null,
      reviewBy: workload.reviewBy.toISOString(),
      reviewedAt: workload.reviewedAt?.toISOString() ?? null,
      requests: sees ? Number(usage.get(workload.slug)?.requests ?? 0n) : null,
      costUsd: sees ? formatUsd(usage.get(workload.slug)?.costNanoUsd ?? 0n) : null,
      createdAt: workload.createdAt.toISOString(),
      updatedAt: workload.updatedAt.toISOString(),
    }
  })
}
