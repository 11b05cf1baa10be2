import { notify } from '#lib/notices/notify.ts'
import { leadsOfTeam } from '#lib/notices/recipients.ts'
import { tellEach } from '#lib/notices/tell-each.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import type { Workload } from '#prisma/generated/client.ts'

const DAY_MS = 86_400_000
/** Days before a review or a sunset at which its people are told, the nearest first; 0: it is over. */
const DAYS_BEFORE = [0, 1, 7, 30] as const

interface Reminder {
  readonly kind: 'workload_review' | 'workload_sunset'
  readonly at: Date
  readonly title: (when: string) => string
  readonly detail: string
}

/**
 * Tells the owner of each workload and the leads of its team what comes up: its review, and its end. Each occasion is
 * told once however often this runs. Returns the number of notices written.
 */
export async function remindOfWorkloads(now = new Date()): Promise<number> {
  const horizon = new Date(now.getTime() + Math.max(...DAYS_BEFORE) * DAY_MS)
  const workloads = await databases().system.workload.findMany({
    where: {
      lifecycle: { not: 'decommissioned' },
      OR: [{ reviewBy: { lte: horizon } }, { lifecycle: 'deprecated', sunsetAt: { lte: horizon } }],
    },
    orderBy: { id: 'asc' },
  })
  return tellEach(workloads, workload => remindOf(workload, now))
}

async function remindOf(workload: Workload, now: Date): Promise<number> {
  const { id, name, organizationId, teamId, ownerId, reviewBy, sunsetAt, lifecycle } = workload
  const reminders: Reminder[] = [
    {
      kind: 'workload_review',
      at: reviewBy,
      title: when => `The review of ${name} is ${when}`,
      detail: 'No workload runs without review. Look at it and record what you found.',
    },
    ...(lifecycle === 'deprecated' && sunsetAt
      ? [
          {
            kind: 'workload_sunset' as const,
            at: sunsetAt,
            title: (when: string) => `${name} ends: ${when}`,
            detail: 'From then on its calls are refused. Its page says who calls it still.',
          },
        ]
      : []),
  ]
  const ctx = systemContext(organizationId, 'workload-reminders')
  return transact(ctx, async tx => {
    const people = [ownerId, ...(await leadsOfTeam(tx, organizationId, teamId))]
    let written = 0
    for (const { kind, at, title, detail } of reminders) {
      const days = DAYS_BEFORE.find(limit => at.getTime() - now.getTime() <= limit * DAY_MS)
      if (days === undefined) continue
      const when = days === 0 ? 'overdue' : `due in ${days === 1 ? 'a day' : `${days} days`}`
      const occasion = `${kind}:${id}:${at.toISOString().slice(0, 10)}:${days}`
      written += await notify(tx, ctx, people, {
        kind,
        occasion,
        title: title(when),
        detail,
        href: `/workloads/${id}`,
        dueAt: at,
      })
    }
    return written
  })
}
