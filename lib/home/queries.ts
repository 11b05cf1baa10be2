import 'server-only'
import { selfServiceShare } from '#lib/keys/queries.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { usageHeadline } from '#lib/usage/headline.ts'
import { latencySummary } from '#lib/usage/latency.ts'

import { findChanges } from './changes.ts'
import { findNeeds } from './needs.ts'
import type { HomeFigures, HomeOverview } from './schema.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A sign-in this recent is the present visit, not the one before. */
const VISIT_MS = 12 * HOUR_MS

/** The viewer's first page: what needs them, what changed, and how things stand, all within their own reach. */
export async function homeOverview(ctx: Context): Promise<HomeOverview> {
  if (ctx.actor.kind !== 'person') throw new DomainError('permission_denied', 'Only a person has a home page.')
  const personId = ctx.actor.id
  // Three readings at the same time: none needs what another finds.
  const [needs, changed, figures] = await Promise.all([
    read(ctx, tx => findNeeds(tx, ctx)),
    read(ctx, async tx => {
      const person = await tx.person.findFirst({ where: { id: personId }, select: { lastSeenAt: true } })
      const since = sinceOf(person?.lastSeenAt ?? null)
      return { since: since.toISOString(), ...(await findChanges(tx, ctx, since)) }
    }),
    read(ctx, tx => findFigures(tx, ctx)),
  ])
  return { asOf: new Date().toISOString(), needs, ...changed, figures }
}

function sinceOf(lastSeenAt: Date | null): Date {
  const now = Date.now()
  return lastSeenAt && now - lastSeenAt.getTime() > VISIT_MS ? lastSeenAt : new Date(now - 7 * DAY_MS)
}

async function findFigures(tx: Transaction, ctx: Context): Promise<HomeFigures> {
  const joined = { ...ctx, tx }
  const now = new Date()
  const week = { from: new Date(now.getTime() - 7 * DAY_MS).toISOString() }
  const { weekRequests, weekRefused, ...month } = await usageHeadline(joined)
  const measured = scopeOf(ctx.actor, 'usage.read') !== 'own'
  const latency = measured ? await latencySummary(joined, { ...week, groupBy: 'provider' }) : null
  return {
    requests: weekRequests,
    refusedShare: weekRequests === 0 ? null : weekRefused / weekRequests,
    ...month,
    overheadP99Ms: latency?.totals.overhead.p99 ?? null,
    selfService: await selfServiceShare(joined, new Date(now.getTime() - 90 * DAY_MS)),
  }
}
