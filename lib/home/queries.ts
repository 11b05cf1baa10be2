import 'server-only'
import { selfServiceShare } from '#lib/keys/queries.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { usageHeadline } from '#lib/usage/headline.ts'
import { latencySummary } from '#lib/usage/latency.ts'
import { findChanges } from './changes.ts'
import { findNeeds } from './needs.ts'
import { noteVisit } from './note-visit.ts'
import { roleFigures } from './role-figures.ts'
import type { HomeFigures, HomeOverview } from './schema.ts'

const DAY_MS = 86_400_000

/** The viewer's first page: what needs them, what changed, and how things stand, all within their own reach. */
export async function homeOverview(ctx: Context): Promise<HomeOverview> {
  if (ctx.actor.kind !== 'person') throw new DomainError('permission_denied', 'Only a person has a home page.')
  const personId = ctx.actor.id
  // Four readings at the same time: none needs what another finds.
  const [needs, changed, lead, figures] = await Promise.all([
    read(ctx, tx => findNeeds(tx, ctx)),
    read(ctx, async tx => {
      const since = await noteVisit(tx, ctx, personId)
      return { since: since.toISOString(), ...(await findChanges(tx, ctx, since)) }
    }),
    read(ctx, tx => roleFigures(tx, ctx)),
    read(ctx, tx => findFigures(tx, ctx)),
  ])
  return { asOf: new Date().toISOString(), needs, ...changed, lead, figures }
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
