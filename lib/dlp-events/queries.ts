import 'server-only'
import type { z } from 'zod'
import { GUARDRAIL_ACTIONS } from '#core/guardrails/decide.ts'
import { nameOf, patternNames } from '#lib/detectors/detector-name.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { decodeCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { DlpEvent, Prisma } from '#prisma/generated/client.ts'
import { type DlpEventDto, FEEDBACK, type ListDlpEventsQuery } from './schema.ts'

const CURSOR = /^\d{4}-\d\d-\d\dT[\d:.]+Z [0-9a-f-]{36}$/

/** What guardrails found, newest first; never a value. */
export function listDlpEvents(ctx: Context, query: z.output<typeof ListDlpEventsQuery>): Promise<Page<DlpEventDto>> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => {
    const rows = await tx.dlpEvent.findMany({
      where: { AND: [{ organizationId: ctx.organizationId }, filterOf(query), afterCursor(query.cursor)] },
      orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => `${last.occurredAt.toISOString()} ${last.id}`)
    return { ...page, data: await dlpEventDtos(tx, ctx, page.data) }
  })
}

/** One finding; throws `not_found` for another organization's. */
export async function findDlpEvent(tx: Transaction, ctx: Context, id: string): Promise<DlpEvent> {
  const event = await tx.dlpEvent.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!event) throw notFound('finding')
  return event
}

function filterOf(query: z.output<typeof ListDlpEventsQuery>): Prisma.DlpEventWhereInput {
  const { detector, action, shadow, feedback, from, to } = query
  return {
    ...(detector ? { detector } : {}),
    ...(action ? { action } : {}),
    ...(shadow ? { shadow: shadow === 'true' } : {}),
    ...(feedback ? { feedback: feedback === 'none' ? null : feedback } : {}),
    ...(from || to ? { occurredAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
  }
}

function afterCursor(cursor: string | undefined): Prisma.DlpEventWhereInput {
  if (!cursor) return {}
  const [time = '', id = ''] = decodeCursor(cursor, CURSOR).split(' ')
  const occurredAt = new Date(time)
  return { OR: [{ occurredAt: { lt: occurredAt } }, { occurredAt, id: { lt: id } }] }
}

/** Findings as the portal and the API show them, with the names of what they belong to. */
export async function dlpEventDtos(tx: Transaction, ctx: Context, events: readonly DlpEvent[]): Promise<DlpEventDto[]> {
  const { organizationId } = ctx
  const named = async (rows: Promise<{ id: string; name: string }[]>) =>
    new Map((await rows).map(row => [row.id, row.name]))
  const idsOf = (field: 'keyId' | 'teamId' | 'personId') =>
    events.flatMap(event => (event[field] === null ? [] : [event[field]]))
  const select = { id: true, name: true } as const
  const keys = await named(tx.apiKey.findMany({ where: { organizationId, id: { in: idsOf('keyId') } }, select }))
  const teams = await named(tx.team.findMany({ where: { organizationId, id: { in: idsOf('teamId') } }, select }))
  const people = await named(tx.person.findMany({ where: { organizationId, id: { in: idsOf('personId') } }, select }))
  const patterns = await patternNames(tx, ctx)
  return events.map(event => ({
    id: event.id,
    occurredAt: event.occurredAt.toISOString(),
    requestId: event.requestId,
    detector: event.detector,
    name: nameOf(event.detector, patterns),
    kind: event.kind,
    location: event.location,
    action: GUARDRAIL_ACTIONS.find(one => one === event.action) ?? 'log',
    shadow: event.shadow,
    count: event.count,
    tier: event.tier,
    keyId: event.keyId,
    keyName: event.keyId ? (keys.get(event.keyId) ?? null) : null,
    teamId: event.teamId,
    teamName: event.teamId ? (teams.get(event.teamId) ?? null) : null,
    personName: event.personId ? (people.get(event.personId) ?? null) : null,
    workload: event.workload,
    status: event.status,
    feedback: FEEDBACK.find(one => one === event.feedback) ?? null,
    feedbackNote: event.feedbackNote,
    feedbackBy: event.feedbackBy,
  }))
}
