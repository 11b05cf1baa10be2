import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const DAY_MS = 86_400_000
/** After so long without a look at Home, the next one begins a new visit. */
const VISIT_MS = 2 * 3_600_000

/**
 * Notes that the viewer looks at Home, and returns what "since I was here" counts from: the end of the visit before
 * this one, or a week ago at the first.
 */
export async function noteVisit(tx: Transaction, ctx: Context, personId: string, now = new Date()): Promise<Date> {
  const { organizationId } = ctx
  const visit = await tx.personVisit.findFirst({ where: { personId, organizationId } })
  const firstSince = new Date(now.getTime() - 7 * DAY_MS)
  if (!visit) {
    // Two pages opened at once are one first visit.
    const first = { personId, organizationId, sinceAt: firstSince, lastAt: now }
    await tx.personVisit.createMany({ data: [first], skipDuplicates: true })
    return firstSince
  }
  const isNew = now.getTime() - visit.lastAt.getTime() > VISIT_MS
  const sinceAt = isNew ? visit.lastAt : visit.sinceAt
  await tx.personVisit.updateMany({ where: { personId, organizationId }, data: { sinceAt, lastAt: now } })
  return sinceAt
}
