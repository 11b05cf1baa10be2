import type { BudgetAction } from '#core/budgets/budget.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import { updateBudget } from '#lib/budgets/update-budget.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { TeamSlug } from './northwind/teams.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import type { SeededOrganization, SeededPerson } from './write-organization.ts'

interface DemoBudget {
  team: TeamSlug | null
  /** Of what the last thirty days cost. */
  share: number
  thresholds: [number, BudgetAction][]
}

/**
 * One for the whole company and one a team; two of them are tight. Those that trials and load tests
 * are charged to (the company's, the first team's, the demonstration key's) warn and never stop.
 */
const BUDGETS: readonly DemoBudget[] = [
  {
    team: null,
    share: 1.6,
    thresholds: [
      [80, 'warn'],
      [95, 'warn'],
      [100, 'warn'],
    ],
  },
  {
    team: 'support',
    share: 1.15,
    thresholds: [
      [75, 'warn'],
      [100, 'downgrade'],
    ],
  },
  {
    team: 'data',
    share: 1.4,
    thresholds: [
      [80, 'warn'],
      [100, 'warn'],
    ],
  },
  {
    team: 'search',
    share: 0.85,
    thresholds: [
      [70, 'warn'],
      [90, 'downgrade'],
      [100, 'stop'],
    ],
  },
  {
    team: 'payables',
    share: 1.3,
    thresholds: [
      [80, 'warn'],
      [100, 'stop'],
    ],
  },
  {
    team: 'legal',
    share: 1.5,
    thresholds: [
      [80, 'warn'],
      [100, 'stop'],
    ],
  },
  {
    team: 'marketing',
    share: 0.9,
    thresholds: [
      [80, 'warn'],
      [90, 'throttle'],
      [100, 'stop'],
    ],
  },
]

const FINANCE = 'Grace Okafor'
const SEARCH_LEAD = 'Yuto Nakamura'

/** Sets the demonstration's budgets from what its history cost, as finance would; one lead has asked for more. */
export async function writeBudgets(
  tx: Transaction,
  scenario: Scenario,
  { teams, people }: SeededOrganization,
): Promise<void> {
  const finance = contextOf(tx, scenario, demand(people, FINANCE), [], 88)
  const costs = await monthlyCosts(tx, scenario)
  for (const { team: slug, share, thresholds } of BUDGETS) {
    const team = slug && demand(teams, slug)
    const cost = team ? (costs.get(team.id) ?? 0) : [...costs.values()].reduce((sum, each) => sum + each, 0)
    const limitUsd = rounded(cost * share)
    const budget = await createBudget({
      ctx: finance,
      input: {
        name: team ? team.name : 'All AI spend',
        scope: team ? 'team' : 'organization',
        target: team ? team.id : null,
        window: { kind: 'month', timeZone: 'UTC' },
        limitUsd: slug === 'support' ? rounded(limitUsd * 0.8) : limitUsd,
        thresholds: thresholds.map(([percent, action]) => ({ percent, action })),
        reason: 'The plan for this quarter',
      },
    })
    if (slug === 'support') {
      await updateBudget({
        ctx: finance,
        input: { id: budget.id, limitUsd, reason: 'The winter season brings more tickets' },
      })
    }
    if (slug === 'search' && team) {
      const lead = contextOf(tx, scenario, demand(people, SEARCH_LEAD), [team.id])
      const more = String(rounded(limitUsd * 1.25))
      const reason = 'Re-embedding the catalog before the sale starts'
      await requestIncrease({ ctx: lead, input: { id: budget.id, limitUsd: more, reason } })
    }
  }
}

/** What a person of the demonstration acts in, within the seed's transaction. */
export function contextOf(
  tx: Transaction,
  { organizationId, random, now }: Scenario,
  person: SeededPerson,
  led: string[],
  /** Days ago that what is written happened. */
  daysAgo = 0,
): Context {
  const { id, name, roles } = person
  return {
    organizationId,
    actor: { kind: 'person', id, name, roles, teamIds: led, ledTeamIds: led },
    requestId: random.id(now),
    tx,
    ...(daysAgo > 0 ? { at: new Date(now - daysAgo * DAY_MS) } : {}),
  }
}

/** US dollars of each team in the last thirty days. */
async function monthlyCosts(tx: Transaction, { organizationId, now }: Scenario): Promise<Map<string, number>> {
  const sums = await tx.usageRollup.groupBy({
    by: ['teamId'],
    where: { organizationId, hour: { gte: new Date(now - 30 * DAY_MS) } },
    _sum: { costNanoUsd: true },
  })
  return new Map(sums.map(({ teamId, _sum }) => [teamId ?? '', Number(_sum.costNanoUsd ?? 0n) / 1e9]))
}

/** As people set limits: two digits that matter, and never less than 1. */
function rounded(usd: number): number {
  const step = 10 ** (Math.floor(Math.log10(Math.max(1, usd))) - 1)
  return Number((Math.max(1, Math.round(usd / step)) * step).toFixed(2))
}
