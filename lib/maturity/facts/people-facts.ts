import { type FactSource, observed } from './fact-source.ts'

/** Who of the working group is named. */
export const peopleFacts: FactSource = async (tx, ctx) => {
  const people = await tx.person.findMany({
    where: { organizationId: ctx.organizationId, status: 'active' },
    select: { roles: true },
  })
  const with_ = (...roles: string[]) =>
    observed(people.filter(each => each.roles.some(role => roles.includes(role))).length)
  return {
    'people.sponsors': with_('executive'),
    'people.engineering': with_('operations', 'developer', 'team_lead'),
    'people.security': with_('security'),
    'people.legal': with_('legal'),
    'people.finance': with_('finance'),
  }
}
