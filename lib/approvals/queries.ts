import 'server-only'
import type { z } from 'zod'
import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { DomainError, notFound } from '#lib/platform/errors.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { CarriedOut } from './approval-kind.ts'
import { type Deciders, decidersOf, readDeciders, voicesOf } from './deciders.ts'
import type { ApprovalDetailDto, ApprovalDto, ApprovalPolicyDto } from './dto.ts'
import { findApproval, isDecider } from './find-approval.ts'
import { APPROVAL_KINDS } from './kinds.ts'
import type { ApprovalState, ListApprovalsQuery } from './schema.ts'
import { toApprovalDto, whoIsStillNeeded } from './to-approval-dto.ts'

/** Who may decide a request is worked out for each that waits, for those that are due first. */
const MOST_PENDING = 1_000
const SIMILAR = 5

/** What waits for the caller (by what is due first), or what they asked for, decided or may see (newest first). */
export function listApprovals(ctx: Context, query: z.output<typeof ListApprovalsQuery>): Promise<Page<ApprovalDto>> {
  requirePermission(ctx, 'approvals.read')
  return read(ctx, async tx => {
    const deciders = await readDeciders(tx, ctx.organizationId)
    const where = await whereOf(tx, ctx, query, deciders)
    const rows = await tx.approvalRequest.findMany({
      where: { AND: [where, query.view === 'waiting' ? {} : afterId(query.cursor)] },
      include: { votes: true },
      orderBy: query.view === 'waiting' ? [{ expiresAt: 'asc' }, { id: 'asc' }] : { id: 'desc' },
      take: query.view === 'waiting' ? MOST_PENDING : query.limit + 1,
    })
    const names = await teamNamesOf(tx, ctx)
    const dtos = rows.map(row => toApprovalDto(ctx, row, deciders, names))
    if (query.view === 'waiting') return { data: dtos.filter(({ mine }) => mine), nextCursor: null }
    return toPage(dtos, query.limit, last => last.id)
  })
}

/** A count; with `more` there may be more than that. */
export type CountAtLeast = { count: number; more: boolean }

/** How many requests wait for the caller's decision; of very many in the organization, those that are due first. */
export function countWaiting(ctx: Context): Promise<CountAtLeast> {
  if (ctx.actor.kind !== 'person') return Promise.resolve({ count: 0, more: false })
  return read(ctx, async tx => {
    const { ids, more } = await waitingFor(tx, ctx, await readDeciders(tx, ctx.organizationId))
    return { count: ids.length, more }
  })
}

async function waitingFor(
  tx: Transaction,
  ctx: Context,
  deciders: Deciders,
): Promise<{ ids: string[]; more: boolean }> {
  const pending = await tx.approvalRequest.findMany({
    where: { organizationId: ctx.organizationId, state: 'pending' },
    // Without the snapshots: this is counted on every page.
    select: {
      ...{ id: true, kind: true, policy: true, step: true, teamId: true, excludedIds: true, escalatedAt: true },
      votes: { select: { step: true, voterId: true } },
    },
    orderBy: [{ expiresAt: 'asc' }, { id: 'asc' }],
    take: MOST_PENDING + 1,
  })
  const ids = pending
    .slice(0, MOST_PENDING)
    .filter(request => isDecider(ctx, request, deciders))
    .filter(({ votes, step }) => !votes.some(vote => vote.step === step && vote.voterId === ctx.actor.id))
    .map(({ id }) => id)
  return { ids, more: pending.length > MOST_PENDING }
}

async function whereOf(
  tx: Transaction,
  ctx: Context,
  { view, kind, state, search }: z.output<typeof ListApprovalsQuery>,
  deciders: Deciders,
): Promise<Prisma.ApprovalRequestWhereInput> {
  const me = ctx.actor.id ?? ''
  const decided = { votes: { some: { voterId: me } } }
  const everything = scopeOf(ctx.actor, 'approvals.read') === 'organization'
  const asksWho = view === 'waiting' || (view === 'all' && !everything)
  const waiting = { id: { in: asksWho ? (await waitingFor(tx, ctx, deciders)).ids : [] } }
  const views: Record<typeof view, Prisma.ApprovalRequestWhereInput> = {
    waiting,
    asked: { requesterId: me },
    decided,
    all: everything ? {} : { OR: [{ requesterId: me }, decided, waiting] },
  }
  return {
    organizationId: ctx.organizationId,
    AND: views[view],
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(search ? { title: { contains: search, mode: 'insensitive' as const } } : {}),
  }
}

async function teamNamesOf(tx: Transaction, { organizationId }: Context): Promise<ReadonlyMap<string, string>> {
  const teams = await tx.team.findMany({ where: { organizationId }, select: { id: true, name: true } })
  return new Map(teams.map(({ id, name }) => [id, name]))
}

/** One request with all that was voted and said; throws `not_found` for one the caller may not see. */
export function getApproval(ctx: Context, id: string): Promise<ApprovalDetailDto> {
  requirePermission(ctx, 'approvals.read')
  if (!isId(id)) throw notFound('approval request')
  return read(ctx, async tx => {
    const { id: found } = await findApproval(tx, ctx, id)
    const request = await tx.approvalRequest.findUniqueOrThrow({
      where: { id: found },
      include: { votes: { orderBy: { id: 'asc' } }, comments: { orderBy: { id: 'asc' } } },
    })
    const deciders = await readDeciders(tx, ctx.organizationId)
    const names = new Map(deciders.people.map(person => [person.id, person.name]))
    const { steps } = ApprovalPolicy.parse(request.policy)
    const seesAll = scopeOf(ctx.actor, 'approvals.read') === 'organization' || isDecider(ctx, request, deciders)
    const similar = await tx.approvalRequest.findMany({
      where: {
        organizationId: ctx.organizationId,
        kind: request.kind,
        rule: request.rule,
        state: { not: 'pending' },
        id: { not: id },
        ...(seesAll ? {} : { requesterId: ctx.actor.id }),
      },
      orderBy: { id: 'desc' },
      take: SIMILAR,
    })
    return {
      ...toApprovalDto(ctx, request, deciders, await teamNamesOf(tx, ctx)),
      snapshot: request.snapshot,
      policyVersion: request.policyVersion,
      deciders: (request.state === 'pending' ? decidersOf(request, deciders) : []).map(one => ({
        id: one.personId,
        name: names.get(one.personId) ?? '',
        onBehalfOf: voicesOf(one, names),
      })),
      stillNeeded: request.state === 'pending' ? whoIsStillNeeded(request, deciders, names) : null,
      votes: request.votes.map(({ step, voterName, onBehalfOf, vote, reason, createdAt }) => ({
        ...{ step, voterName, onBehalfOf, reason },
        stepName: steps[step]?.name ?? '',
        vote: vote as 'approve' | 'reject',
        at: createdAt.toISOString(),
      })),
      comments: request.comments.map(({ id: comment, authorName, kind, text, createdAt }) => ({
        ...{ id: comment, authorName, text },
        kind: kind as 'comment' | 'question',
        at: createdAt.toISOString(),
      })),
      // Whoever asks learns nothing of what others asked for.
      similar: similar.map(one => ({
        id: one.id,
        title: one.title,
        state: one.state as ApprovalState,
        decidedAt: one.decidedAt?.toISOString() ?? null,
      })),
      result: request.result as CarriedOut | null,
    }
  })
}

/** How each kind of request is decided now. */
export function listPolicies(ctx: Context): Promise<ApprovalPolicyDto[]> {
  requirePermission(ctx, 'approvals.read')
  if (scopeOf(ctx.actor, 'approvals.read') !== 'organization') {
    throw new DomainError('permission_denied', 'This needs approvals.read for the whole organization.')
  }
  return read(ctx, async tx => {
    const rows = await tx.approvalPolicyVersion.findMany({
      where: { organizationId: ctx.organizationId },
      distinct: ['kind'],
      orderBy: [{ kind: 'asc' }, { version: 'desc' }],
    })
    return APPROVAL_KINDS.map(kind => {
      const row = rows.find(one => one.kind === kind.id)
      return {
        kind: kind.id,
        kindTitle: kind.title,
        version: row?.version ?? 0,
        policy: ApprovalPolicy.parse(row?.policy ?? kind.policy),
        directWay: kind.directWay ?? null,
        reason: row?.reason ?? null,
        authorName: row?.authorName ?? null,
        createdAt: row?.createdAt.toISOString() ?? null,
      }
    })
  })
}
