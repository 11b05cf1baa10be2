import { newId } from '#core/ids.ts'
import { writeDefaultGuardrails } from '#lib/detectors/install-guardrails.ts'
import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { DEFAULT_KEY_BOUNDS } from '#lib/teams/schema.ts'
import { addressOf, type DemoPerson, PEOPLE } from './northwind/people.ts'
import { type DemoTeam, TEAMS } from './northwind/teams.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'

export type SeededTeam = DemoTeam & { id: string; createdAt: Date }
export type SeededPerson = DemoPerson & { id: string; createdAt: Date }

export interface SeededOrganization {
  teams: Map<string, SeededTeam>
  people: Map<string, SeededPerson>
}

/** Creates the organization with its teams, people and memberships, and publishes what gateways need of them. */
export async function writeOrganization(
  tx: Transaction,
  ctx: Context,
  scenario: Scenario,
): Promise<SeededOrganization> {
  const { organizationId: id, now } = scenario
  const createdAt = new Date(now - 120 * DAY_MS)
  await tx.organization.create({ data: { id, name: 'Northwind', slug: 'northwind', demo: true, createdAt } })
  await publishConfig(tx, ctx, 'organization', id, { name: 'Northwind', slug: 'northwind', active: true })
  await writeDefaultGuardrails(tx, { ...ctx, at: createdAt }, () => scenario.random.id(createdAt.getTime()))
  const teams = await writeTeams(tx, ctx, scenario)
  const people = await writePeople(tx, scenario)
  await tx.membership.createMany({
    data: [...people.values()].flatMap(person => [
      ...person.teams.map(slug => membership(id, demand(teams, slug), person, 'member' as const)),
      ...(person.leads ? [membership(id, demand(teams, person.leads), person, 'lead' as const)] : []),
    ]),
  })
  return { teams, people }
}

function membership(organizationId: string, team: SeededTeam, person: SeededPerson, kind: 'member' | 'lead') {
  return { organizationId, teamId: team.id, personId: person.id, kind, createdAt: person.createdAt }
}

async function writeTeams(tx: Transaction, ctx: Context, { organizationId, now, random }: Scenario) {
  const teams = new Map<string, SeededTeam>()
  for (const [index, team] of TEAMS.entries()) {
    const createdAt = new Date(now - 119.9 * DAY_MS + index * 240_000)
    const id = random.id(createdAt.getTime())
    teams.set(team.slug, { ...team, id, createdAt })
    await tx.team.create({
      data: {
        id,
        organizationId,
        name: team.name,
        slug: team.slug,
        description: team.description,
        costCentre: team.costCentre,
        keyBounds: DEFAULT_KEY_BOUNDS,
        createdAt,
      },
    })
    await publishConfig(tx, ctx, 'team', id, { name: team.name, slug: team.slug, active: true })
  }
  return teams
}

async function writePeople(tx: Transaction, { organizationId, now, random }: Scenario) {
  const people = new Map<string, SeededPerson>()
  for (const [index, person] of PEOPLE.entries()) {
    const createdAt = new Date(now - (person.joined ?? 119.5) * DAY_MS + index * 95_000)
    people.set(person.name, { ...person, id: random.id(createdAt.getTime()), createdAt })
  }
  await tx.person.createMany({
    data: [...people.values()].map(person => ({
      id: person.id,
      organizationId,
      email: addressOf(person.name),
      name: person.name,
      title: person.title,
      roles: person.roles,
      createdAt: person.createdAt,
      status: person.left ? ('deactivated' as const) : ('active' as const),
      deactivatedAt: person.left ? new Date(now - person.left * DAY_MS) : null,
      lastSeenAt: new Date(now - (person.left ?? random.whole(1, 4)) * DAY_MS - random.whole(0, 6) * 3_600_000),
    })),
  })
  return people
}

/** The context in which the seed publishes: no person asked for it. */
export function seedContext(organizationId: string, tx: Transaction): Context {
  return { organizationId, actor: { kind: 'system', id: null, name: 'Demonstration' }, requestId: newId(), tx }
}
