import { isLastAdministrator } from '#lib/people/administrators.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { publishLeads, teamsLedBy } from '#lib/teams/publish-team.ts'
import type { GroupMapping, Membership, MembershipKind, Person } from '#prisma/generated/client.ts'

/**
 * Brings a person's memberships and roles in line with the groups they have at this sign-in. What a group
 * gave before and no longer gives is taken away; what was given by hand stays. The last administrator
 * keeps the role.
 */
export async function applyGroups(tx: Transaction, ctx: Context, personId: string, groups: string[]): Promise<void> {
  const { organizationId } = ctx
  const person = await tx.person.findFirstOrThrow({
    where: { id: personId, organizationId },
    include: { memberships: true },
  })
  const mappings = await tx.groupMapping.findMany({
    where: { organizationId, group: { in: groups }, OR: [{ teamId: null }, { team: { archivedAt: null } }] },
  })
  await applyMemberships(tx, ctx, person, wantedMemberships(mappings))
  await applyRoles(tx, ctx, person, mappings)
}

type Wanted = Map<string, { kind: MembershipKind; group: string }>

/** One membership a team; leading wins over being a member. */
function wantedMemberships(mappings: GroupMapping[]): Wanted {
  const wanted: Wanted = new Map()
  for (const { teamId, membership, group } of mappings) {
    if (!teamId) continue
    const kind = membership ?? 'member'
    if (!wanted.has(teamId) || kind === 'lead') wanted.set(teamId, { kind, group })
  }
  return wanted
}

async function applyMemberships(
  tx: Transaction,
  ctx: Context,
  person: Person & { memberships: Membership[] },
  wanted: Wanted,
): Promise<void> {
  const held = new Map(person.memberships.map(membership => [membership.teamId, membership]))
  const { organizationId } = ctx
  const personId = person.id
  for (const [teamId, { kind, group }] of wanted) {
    const before = held.get(teamId)
    if (before && (before.fromGroup === null || (before.kind === kind && before.fromGroup === group))) continue
    const update = { kind, fromGroup: group }
    const where = { teamId_personId: { teamId, personId } }
    await tx.membership.upsert({ where, create: { organizationId, teamId, personId, ...update }, update })
    await auditMembership(tx, ctx, person, before ? 'changed' : 'added', before ?? { teamId }, update)
  }
  for (const before of person.memberships) {
    if (before.fromGroup === null || wanted.has(before.teamId)) continue
    await tx.membership.delete({ where: { teamId_personId: { teamId: before.teamId, personId } } })
    await auditMembership(tx, ctx, person, 'removed', before, null)
  }
  const led = await teamsLedBy(tx, personId)
  const before = person.memberships.flatMap(({ teamId, kind }) => (kind === 'lead' ? [teamId] : []))
  const moved = [...led.filter(id => !before.includes(id)), ...before.filter(id => !led.includes(id))]
  if (moved.length > 0) await publishLeads(tx, ctx, moved)
}

async function auditMembership(
  tx: Transaction,
  ctx: Context,
  person: Person,
  what: 'added' | 'changed' | 'removed',
  before: Partial<Membership> & { teamId: string },
  after: { kind: MembershipKind; fromGroup: string } | null,
): Promise<void> {
  const team = await tx.team.findFirstOrThrow({ where: { id: before.teamId }, select: { name: true } })
  const who = { personId: person.id, person: person.name }
  await audit(tx, ctx, {
    action: `membership.${what}`,
    subject: { kind: 'team', id: before.teamId, name: team.name },
    ...(before.kind ? { before: { ...who, kind: before.kind, fromGroup: before.fromGroup } } : {}),
    ...(after ? { after: { ...who, kind: after.kind, fromGroup: after.fromGroup } } : {}),
  })
}

async function applyRoles(tx: Transaction, ctx: Context, person: Person, mappings: GroupMapping[]): Promise<void> {
  const byHand = person.roles.filter(role => !person.groupRoles.includes(role))
  const given = new Set(mappings.flatMap(({ role }) => (role && !byHand.includes(role) ? [role] : [])))
  const losesAdministrator = person.groupRoles.includes('administrator') && !given.has('administrator')
  if (losesAdministrator && (await isLastAdministrator(tx, ctx, person.id))) given.add('administrator')
  const groupRoles = [...given].sort()
  const roles = [...byHand, ...groupRoles]
  if (sameSet(roles, person.roles) && sameSet(groupRoles, person.groupRoles)) return
  await tx.person.update({ where: { id: person.id }, data: { roles, groupRoles } })
  await audit(tx, ctx, {
    action: 'person.updated',
    subject: { kind: 'person', id: person.id, name: person.name },
    before: { roles: person.roles, groupRoles: person.groupRoles },
    after: { roles, groupRoles },
    reason: 'groups of the identity provider',
  })
}

function sameSet(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every(item => other.includes(item))
}
