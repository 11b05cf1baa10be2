import { needOf } from '#lib/home/need-of.ts'
import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Developers without a team, for those who manage people. */
export async function peopleNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (!scopeOf(ctx.actor, 'people.manage')) return []
  const people = await tx.person.findMany({
    where: {
      organizationId: ctx.organizationId,
      status: 'active',
      roles: { hasSome: ['developer', 'team_lead'] },
      memberships: { none: {} },
    },
    orderBy: { name: 'asc' },
    take: 20,
    select: { id: true, name: true },
  })
  const [first] = people
  if (!first) return []
  const one = people.length === 1
  return [
    {
      ...needOf('people_without_team', 'info', one ? `/admin/people/${first.id}` : '/admin/people'),
      title: one ? `${first.name} is in no team` : `${people.length} developers are in no team`,
      detail: one ? 'Without a team no key can be issued' : people.map(person => person.name).join(', '),
      action: 'Assign',
    },
  ]
}
