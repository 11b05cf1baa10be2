import 'server-only'
import type { z } from 'zod'
import { isId } from '#core/ids.ts'
import { textHash } from '#core/policies/text-hash.ts'
import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterName, nameCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import type { PolicyVersion } from '#prisma/generated/client.ts'
import { findPolicy } from './find-policy.ts'
import { type LinkTarget, linkTargets } from './link-targets.ts'
import { readPolicies } from './policy-dto.ts'
import {
  type ListPoliciesQuery,
  type PolicyDetailDto,
  type PolicyDto,
  type PolicyVersionDto,
  VERSION_STATES,
} from './schema.ts'

/** The organization's policies, by name. */
export function listPolicies(ctx: Context, query: z.output<typeof ListPoliciesQuery>): Promise<Page<PolicyDto>> {
  requirePermission(ctx, 'policies.read')
  return read(ctx, async tx => {
    const rows = await tx.policy.findMany({
      where: {
        ...afterName(query.cursor),
        organizationId: ctx.organizationId,
        ...(query.state === 'all' ? {} : { archivedAt: query.state === 'active' ? null : { not: null } }),
        ...(query.kind ? { kind: query.kind } : {}),
        ...(query.search ? { name: { contains: query.search, mode: 'insensitive' as const } } : {}),
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, nameCursor)
    return { ...page, data: (await readPolicies(tx, ctx, page.data)).map(({ dto }) => dto) }
  })
}

/** One policy with its text and what enforces each clause; the draft is for those who write it. */
export function getPolicy(ctx: Context, id: string): Promise<PolicyDetailDto> {
  requirePermission(ctx, 'policies.read')
  return read(ctx, async tx => {
    if (!isId(id)) throw notFound('policy')
    const policy = await findPolicy(tx, ctx, id)
    const [found] = await readPolicies(tx, ctx, [policy])
    if (!found) throw new Error('one policy makes one answer')
    const { dto, text, clauses } = found
    const newest = dto.open ?? dto.inForce
    const draft = {
      text: policy.draft,
      revision: policy.draftRevision,
      savedAt: policy.draftSavedAt.toISOString(),
      authorName: policy.draftAuthorName,
      differs: newest?.sha256 !== textHash(policy.draft),
    }
    const writes = scopeOf(ctx.actor, 'policies.manage') !== null
    // A policy without a version is its draft, which is for those who write it.
    const shown = newest || writes ? { text, clauseList: clauses } : { text: '', clauseList: [] }
    return { ...dto, ...shown, draft: writes ? draft : null }
  })
}

/** Every version of a policy with its text, newest first. */
export function policyVersions(ctx: Context, id: string): Promise<PolicyVersionDto[]> {
  requirePermission(ctx, 'policies.read')
  return read(ctx, async tx => {
    await findPolicy(tx, ctx, id)
    const where = { organizationId: ctx.organizationId, policyId: id }
    return (await tx.policyVersion.findMany({ where, orderBy: { number: 'desc' } })).map(toVersionDto)
  })
}

/** What a policy's record was after each change, newest first. */
export function policyHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'policies.read')
  return read(ctx, async tx => {
    await findPolicy(tx, ctx, id)
    return versionsOf(tx, ctx, { kind: 'policy', id })
  })
}

/** Every record that a clause can be linked to. */
export function clauseTargets(ctx: Context): Promise<LinkTarget[]> {
  requirePermission(ctx, 'policies.manage')
  return read(ctx, tx => linkTargets(tx, ctx))
}

/** The request that waits for a decision about a policy; null when none does. */
export function waitingDecision(ctx: Context, id: string): Promise<{ id: string; title: string } | null> {
  requirePermission(ctx, 'policies.read')
  return read(ctx, tx =>
    tx.approvalRequest.findFirst({
      where: {
        organizationId: ctx.organizationId,
        kind: { in: ['policy_review', 'policy_ratification'] },
        subjectId: id,
        state: 'pending',
      },
      select: { id: true, title: true },
    }),
  )
}

function toVersionDto({ organizationId: _, authorId: __, asksFrom: ___, ...version }: PolicyVersion): PolicyVersionDto {
  const moment = (date: Date | null) => date?.toISOString() ?? null
  return {
    ...version,
    state: VERSION_STATES.find(one => one === version.state) ?? 'turned_down',
    reviewedAt: moment(version.reviewedAt),
    ratifiedAt: moment(version.ratifiedAt),
    circulatedAt: moment(version.circulatedAt),
    endedAt: moment(version.endedAt),
    createdAt: version.createdAt.toISOString(),
  }
}
