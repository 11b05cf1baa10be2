import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { createRoute } from '#lib/routes/create-route.ts'
import { updateRoute } from '#lib/routes/update-route.ts'
import { OPERATIONS } from './northwind/people.ts'
import type { TeamSlug } from './northwind/teams.ts'
import { demand, type Scenario } from './scenario.ts'
import type { SeededCatalog } from './write-catalog.ts'
import type { SeededOrganization } from './write-organization.ts'

interface DemoRoute {
  name: string
  team?: TeamSlug
  workload?: string
  models: string[]
  /** As `createRoute` takes it. */
  more: object
  reason: string
  /** What Operations changed later. */
  later?: { change: object; reason: string }
}

/**
 * Each is about models of the vendors, or called by a name of its own: what a newcomer asks of the sandbox models goes
 * where it went without them.
 */
const ROUTES: readonly DemoRoute[] = [
  {
    name: 'Smart',
    models: ['sandbox-gpt', 'sandbox-claude', 'sandbox-gpt-mini'],
    more: { callableAs: 'smart', requestedNames: ['smart'], objective: 'balanced' },
    reason: 'For whoever does not want to choose',
  },
  {
    name: 'Support answers',
    team: 'support',
    models: ['gpt-5-mini', 'gemini-2.5-flash', 'claude-haiku-4-5'],
    more: { requestedNames: ['gpt-5-mini', 'economical', 'claude-haiku-4-5'], objective: 'balanced' },
    reason: 'Tickets are short; any of the three answers well',
    later: {
      change: { objective: 'cheapest', attemptTimeoutMs: 8_000 },
      reason: 'The winter season brings more tickets',
    },
  },
  {
    name: 'Payables stays in Europe',
    team: 'payables',
    models: ['gpt-4o', 'gemini-2.5-pro', 'gemini-2.5-flash'],
    more: {
      requestedNames: ['gpt-4o', 'gemini-2.5-pro'],
      objective: 'balanced',
      constraints: { regions: ['eu-west'], tiers: ['Internal'] },
    },
    reason: 'Invoices name people; Legal wants them processed in the EU',
  },
  {
    name: 'Enrichment at night',
    workload: 'catalog-enrichment',
    models: ['gemini-2.5-flash', 'gpt-5-mini'],
    more: {
      requestedNames: ['gpt-5-mini', 'gpt-4.1', 'gemini-2.5-flash'],
      objective: 'cheapest',
      constraints: { mostOutputUsd: '5' },
    },
    reason: 'Nobody waits for it, so the price decides',
  },
  {
    name: 'Contract review',
    team: 'legal',
    models: ['claude-opus-4-5', 'claude-sonnet-4-5'],
    more: { requestedNames: ['claude-opus-4-5', 'thorough'], objective: 'fastest', enabled: false },
    reason: 'Prepared for the audit season',
  },
]

/** Adds the demonstration's routes, as its operations engineer would. */
export async function writeRoutes(
  tx: Transaction,
  { organizationId, random, now }: Scenario,
  { people, teams, models }: SeededOrganization & SeededCatalog,
): Promise<void> {
  const { id, name, roles } = demand(people, OPERATIONS)
  const actor: Context['actor'] = { kind: 'person', id, name, roles, teamIds: [], ledTeamIds: [] }
  const ctx: Context = { organizationId, actor, requestId: random.id(now), tx }
  for (const { name, team, workload, models: chosen, more, reason, later } of ROUTES) {
    const route = await createRoute({
      ctx,
      input: {
        name,
        scope: team ? 'team' : workload ? 'workload' : 'organization',
        target: team ? demand(teams, team).id : (workload ?? null),
        modelIds: chosen.map(identifier => demand(models, identifier).id),
        ...more,
        reason,
      },
    })
    if (later) await updateRoute({ ctx, input: { id: route.id, ...later.change, reason: later.reason } })
  }
}
