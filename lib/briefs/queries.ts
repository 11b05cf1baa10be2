import 'server-only'
import type { z } from 'zod'
import { isId } from '#core/ids.ts'
import { BriefContent, briefProblems, briefProgress, leastTier } from '#core/workloads/brief.ts'
import { modelFindings } from '#core/workloads/model-fit.ts'
import { alike } from '#core/workloads/similarity.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import type { Brief } from '#prisma/generated/client.ts'
import { findBrief, mayWrite, visibleTo } from './find-brief.ts'
import type { BriefDetailDto, BriefDto, BriefState, ListBriefsQuery } from './schema.ts'

/** Texts are compared with so many of the latest. */
const MOST_COMPARED = 500

/** Briefs that the caller may see, newest first. */
export function listBriefs(ctx: Context, query: z.output<typeof ListBriefsQuery>): Promise<Page<BriefDto>> {
  const { search, state, teamId, workloadId, cursor, limit } = query
  const visible = visibleTo(ctx)
  return read(ctx, async tx => {
    const rows = await tx.brief.findMany({
      where: {
        AND: [visible, afterId(cursor)],
        state: state ?? { not: 'discarded' },
        ...(teamId ? { teamId } : {}),
        ...(workloadId ? { workloadId } : {}),
        ...(search ? { name: { contains: search, mode: 'insensitive' as const } } : {}),
      },
      orderBy: { id: 'desc' },
      take: limit + 1,
    })
    const page = toPage(rows, limit, last => last.id)
    const names = await namesFor(tx, ctx, page.data)
    return { ...page, data: page.data.map(brief => toDto(brief, names)) }
  })
}

/** One brief with what it lacks, what the catalog says, and what is alike; throws `not_found` for any other. */
export function getBrief(ctx: Context, id: string): Promise<BriefDetailDto> {
  requirePermission(ctx, 'workloads.read')
  if (!isId(id)) throw notFound('brief')
  return read(ctx, async tx => toBriefDetail(tx, ctx, await findBrief(tx, ctx, id)))
}

/** What was submitted, newest first. */
export function briefHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'workloads.read')
  return read(ctx, async tx => {
    await findBrief(tx, ctx, id)
    return versionsOf(tx, ctx, { kind: 'brief', id })
  })
}

/** The content of a stored brief. */
export function contentOf({ content }: Pick<Brief, 'content'>): BriefContent {
  return BriefContent.parse(content)
}

/** A brief with all that can be said of it while it is written. */
export async function toBriefDetail(tx: Transaction, ctx: Context, brief: Brief): Promise<BriefDetailDto> {
  const content = contentOf(brief)
  const { organizationId } = ctx
  const tiers = await tx.tier.findMany({ where: { organizationId }, orderBy: { rank: 'asc' } })
  const ids = content.modelIds ?? []
  const models = await tx.model.findMany({ where: { organizationId, id: { in: ids } } })
  const tier = leastTier(content, tiers)
  return {
    ...toDto(brief, await namesFor(tx, ctx, [brief])),
    content,
    mine: mayWrite(ctx, brief),
    problems: briefProblems({ ...brief, content }),
    findings: modelFindings(ids, models, tier, tiers, new Date()),
    alike: await alikeTo(tx, ctx, brief, content.objective ?? ''),
    models: ids.flatMap(id => models.filter(one => one.id === id).map(one => ({ id, name: one.identifier }))),
    tier,
  }
}

async function alikeTo(
  tx: Transaction,
  ctx: Context,
  brief: Brief,
  objective: string,
): Promise<BriefDetailDto['alike']> {
  if (brief.state !== 'draft' && brief.state !== 'returned' && brief.state !== 'submitted') return []
  const { organizationId } = ctx
  const workloads = await tx.workload.findMany({
    where: {
      organizationId,
      lifecycle: { not: 'decommissioned' },
      ...(brief.workloadId ? { id: { not: brief.workloadId } } : {}),
    },
    select: { id: true, name: true, objective: true },
    take: MOST_COMPARED,
  })
  const briefs = await tx.brief.findMany({
    where: { AND: [visibleTo(ctx), { id: { not: brief.id }, state: { in: ['draft', 'submitted', 'returned'] } }] },
    select: { id: true, name: true, content: true },
    orderBy: { id: 'desc' },
    take: MOST_COMPARED,
  })
  const others = [
    ...workloads.map(one => ({ kind: 'workload' as const, ...one })),
    ...briefs.map(one => ({
      kind: 'brief' as const,
      id: one.id,
      name: one.name,
      objective: contentOf(one).objective ?? '',
    })),
  ]
  return alike({ name: brief.name, objective }, others).map(({ item, likeness }) => ({ ...item, likeness }))
}

async function namesFor(
  tx: Transaction,
  { organizationId }: Context,
  briefs: readonly Brief[],
): Promise<ReadonlyMap<string, string>> {
  const people = await tx.person.findMany({
    where: { organizationId, id: { in: briefs.flatMap(one => one.ownerId ?? []) } },
    select: { id: true, name: true },
  })
  const teams = await tx.team.findMany({
    where: { organizationId, id: { in: briefs.flatMap(one => one.teamId ?? []) } },
    select: { id: true, name: true },
  })
  return new Map([...people, ...teams].map(({ id, name }) => [id, name]))
}

function toDto(brief: Brief, names: ReadonlyMap<string, string>): BriefDto {
  const { organizationId: _, content: __, state, submittedAt, createdAt, updatedAt, ...rest } = brief
  return {
    ...rest,
    state: state as BriefState,
    teamName: names.get(brief.teamId ?? '') ?? null,
    ownerName: names.get(brief.ownerId ?? '') ?? null,
    progress: briefProgress({ ...brief, content: contentOf(brief) }),
    submittedAt: submittedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
