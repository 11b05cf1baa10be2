import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { snapshotDigest } from '#core/approvals/snapshot.ts'
import { boundsOf, type KeyRequestSnapshot, keyRequestKind } from '#lib/keys/key-request-kind.ts'
import { requestKey } from '#lib/keys/request-key.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { DEFAULT_KEY_BOUNDS } from '#lib/teams/schema.ts'
import type { TeamSlug } from './northwind/teams.ts'
import { DAY_MS, demand, HOUR_MS, type Scenario } from './scenario.ts'
import { contextOf } from './write-budgets.ts'
import type { SeededOrganization } from './write-organization.ts'

interface Ask {
  person: string
  team: TeamSlug
  name: string
  rate: number
  reason: string
}

const WAITING: readonly Ask[] = [
  {
    person: 'Tomás Herrera',
    team: 'support',
    name: 'ticket-backfill',
    rate: 2_400,
    reason: 'Summaries of two years of tickets, once, over a weekend',
  },
  {
    person: 'Ana Kovačić',
    team: 'support',
    name: 'live-translation',
    rate: 900,
    reason: 'Chat translation goes to all markets in December',
  },
  {
    person: 'Dmytro Petrenko',
    team: 'data',
    name: 'nightly-labels',
    rate: 3_000,
    reason: 'Labels for the churn model have to be ready at six',
  },
]

/** Decided before: who asked, how many days ago, after how many hours it was decided, by whom, and what was said. */
const DECIDED: readonly (Ask & { days: number; hours: number; by: string; no?: string })[] = [
  { ...ask('Sione Tupou', 'support', 'faq-drafts', 1_200), days: 12, hours: 2, by: 'Priya Raman' },
  {
    ...ask('Tomás Herrera', 'support', 'bulk-tags', 6_000),
    days: 26,
    hours: 5,
    by: 'Priya Raman',
    no: 'More is asked for than the purpose needs',
  },
  { ...ask('Fatima Zahra Benali', 'data', 'embeddings', 1_500), days: 33, hours: 1, by: 'Rashid Al-Amin' },
  { ...ask('Dmytro Petrenko', 'data', 'backtest', 2_000), days: 47, hours: 20, by: 'Noor de Vries' },
  { ...ask('Ana Kovačić', 'support', 'voice-notes', 900), days: 61, hours: 3, by: 'Priya Raman' },
  { ...ask('Sione Tupou', 'support', 'macro-check', 800), days: 4, hours: 6, by: 'Priya Raman' },
  { ...ask('Fatima Zahra Benali', 'data', 'feature-store', 1_200), days: 5, hours: 9, by: 'Mei Lin Tan' },
  { ...ask('Tomás Herrera', 'support', 'sentiment-replay', 2_000), days: 17, hours: 27, by: 'Priya Raman' },
  { ...ask('Dmytro Petrenko', 'data', 'column-names', 900), days: 19, hours: 0.002, by: 'Rashid Al-Amin' },
  { ...ask('Ana Kovačić', 'support', 'call-notes', 700), days: 25, hours: 4, by: 'Priya Raman' },
  { ...ask('Fatima Zahra Benali', 'data', 'dedupe', 1_800), days: 38, hours: 0.002, by: 'Rashid Al-Amin' },
  {
    ...ask('Dmytro Petrenko', 'data', 'everything', 20_000),
    days: 40,
    hours: 2,
    by: 'Noor de Vries',
    no: 'The reason does not say what it is for',
  },
  { ...ask('Sione Tupou', 'support', 'refund-notes', 900), days: 54, hours: 12, by: 'Priya Raman' },
  { ...ask('Tomás Herrera', 'support', 'chat-titles', 1_100), days: 68, hours: 31, by: 'Priya Raman' },
  { ...ask('Fatima Zahra Benali', 'data', 'entity-links', 1_300), days: 74, hours: 7, by: 'Mei Lin Tan' },
  { ...ask('Ana Kovačić', 'support', 'agent-assist', 1_500), days: 82, hours: 5, by: 'Priya Raman' },
]

function ask(person: string, team: TeamSlug, name: string, rate: number): Ask {
  return { person, team, name, rate, reason: 'More calls at once than the team allows' }
}

/** Requests that wait for the personas of the demonstration, and some that they decided. */
export async function writeApprovals(tx: Transaction, scenario: Scenario, parts: SeededOrganization): Promise<void> {
  for (const waiting of WAITING) {
    const team = demand(parts.teams, waiting.team)
    const ctx = contextOf(tx, scenario, demand(parts.people, waiting.person), [])
    if (ctx.actor.kind !== 'person') throw new Error('a person of the demonstration is a person')
    ctx.actor.teamIds = [team.id]
    const key = { name: waiting.name, teamId: team.id, requestsPerMinute: waiting.rate }
    await requestKey({ ctx, input: { ...key, reason: waiting.reason } })
  }
  for (const decided of DECIDED) await writeDecided(tx, scenario, parts, decided)
}

async function writeDecided(
  tx: Transaction,
  { organizationId, now, random }: Scenario,
  { teams, people }: SeededOrganization,
  decided: (typeof DECIDED)[number],
): Promise<void> {
  const [team, person, voter] = [
    demand(teams, decided.team),
    demand(people, decided.person),
    demand(people, decided.by),
  ]
  const createdAt = new Date(now - decided.days * DAY_MS)
  const decidedAt = new Date(createdAt.getTime() + decided.hours * HOUR_MS)
  const snapshot: KeyRequestSnapshot = {
    personId: person.id,
    team: team.name,
    key: {
      name: decided.name,
      teamId: team.id,
      environment: 'development',
      modelIds: [],
      expiresInDays: 90,
      requestsPerMinute: decided.rate,
      dailyLimitUsd: null,
      ipAllowList: [],
      tier: null,
      dataSourceIds: [],
    },
    bounds: boundsOf({ keyBounds: DEFAULT_KEY_BOUNDS }),
  }
  const state = decided.no ? 'rejected' : 'approved'
  const id = random.id(createdAt.getTime())
  await tx.approvalRequest.create({
    data: {
      id,
      organizationId,
      kind: keyRequestKind.id,
      subjectId: random.id(createdAt.getTime()),
      title: `Key ${decided.name} for ${team.name}`,
      reason: decided.reason,
      teamId: team.id,
      requesterId: person.id,
      requesterName: person.name,
      snapshot,
      digest: snapshotDigest(snapshot),
      risk: 'medium',
      rule: `Bounds of ${team.name}: requests a minute`,
      excludedIds: [person.id],
      policy: ApprovalPolicy.parse(keyRequestKind.policy),
      policyVersion: 0,
      state,
      stepOpenedAt: createdAt,
      expiresAt: new Date(createdAt.getTime() + 7 * DAY_MS),
      outcome: decided.no ? `${voter.name}: ${decided.no}` : `Approved by ${voter.name}.`,
      decidedAt,
      createdAt,
    },
  })
  const afterMs = BigInt(decidedAt.getTime() - createdAt.getTime())
  const vote = { vote: decided.no ? 'reject' : 'approve', reason: decided.no ?? '', afterMs, createdAt: decidedAt }
  await tx.approvalVote.create({
    data: {
      id: random.id(decidedAt.getTime()),
      organizationId,
      requestId: id,
      step: 0,
      voterId: voter.id,
      voterName: voter.name,
      onBehalfOf: [],
      ...vote,
    },
  })
}
