import { brokenCondition } from '#core/exemptions/exemption-state.ts'
import { notify } from '#lib/notices/notify.ts'
import { peopleOfRoles } from '#lib/notices/recipients.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { eachApart } from '#lib/platform/each-apart.ts'
import { transact } from '#lib/platform/transaction.ts'
import { holdExemption } from './find-exemption.ts'
import { keepExemption } from './keep-version.ts'
import { type RecordedUsage, usageOf } from './usage.ts'

/**
 * Ends exemptions whose time is over and those of which a condition is broken, tells their people, and takes them from
 * the gateways. An end in time needs no job: gateways compare clocks. Safe to run twice and by several workers.
 */
export async function endExemptions(now = new Date()): Promise<{ expired: number; broken: number }> {
  const { system } = databases()
  const candidates = await system.exemption.findMany({
    where: {
      status: 'approved',
      OR: [{ endsAt: { lte: now } }, { spendCapNanoUsd: { not: null } }, { requestCap: { not: null } }],
    },
    select: { id: true, organizationId: true, endsAt: true, spendCapNanoUsd: true, requestCap: true },
    orderBy: { id: 'asc' },
  })
  const usage = await usageOf(
    system,
    candidates.map(({ id }) => id),
  )
  const due = candidates.filter(one => one.endsAt <= now || isBroken(one, usage.get(one.id)))
  const done = await eachApart(
    due,
    ({ id }) => id,
    ({ id, organizationId }) => endOne(organizationId, id, now),
  )
  const count = (what: 'expired' | 'broken') => done.filter(one => one === what).length
  return { expired: count('expired'), broken: count('broken') }
}

function isBroken(exemption: Parameters<typeof brokenCondition>[0], usage: RecordedUsage | undefined): boolean {
  return usage !== undefined && brokenCondition(exemption, usage) !== null
}

function endOne(organizationId: string, id: string, now: Date): Promise<'expired' | 'broken' | null> {
  const ctx = systemContext(organizationId, 'exemptions')
  return transact(ctx, async tx => {
    const seen = await tx.exemption.findFirst({ where: { id, organizationId, status: 'approved' } })
    if (!seen) return null
    const usage = (await usageOf(tx, [id])).get(id)
    const broken = usage ? brokenCondition(seen, usage) : null
    const ended = seen.endsAt <= now ? ('expired' as const) : broken ? ('broken' as const) : null
    if (!ended) return null
    await holdExemption(tx, id)
    const before = await tx.exemption.findFirst({ where: { id, organizationId, status: 'approved' } })
    if (!before || before.version !== seen.version) return null
    const endReason = ended === 'expired' ? 'Its time is over.' : (broken ?? '')
    const endedAt = ended === 'expired' ? before.endsAt : now
    const data = { status: ended, endedAt, endedBy: null, endReason, version: before.version + 1, updatedAt: now }
    const after = await tx.exemption.update({ where: { id }, data })
    await keepExemption(tx, ctx, { before, after, action: `exemption.${ended}`, reason: endReason })
    const security = ended === 'broken' ? await peopleOfRoles(tx, organizationId, ['security']) : []
    await notify(tx, ctx, [before.personId, before.ownerId, ...security], {
      kind: 'exemption',
      occasion: `exemption:${id}:${after.version}`,
      title: `The exemption “${before.title}” ${ended === 'expired' ? 'has ended' : 'ended: a condition is broken'}`,
      detail: `${endReason} Calls that needed it are refused.`,
      href: `/govern/exemptions/${id}`,
    })
    return ended
  })
}
