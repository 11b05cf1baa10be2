import { hashEvidence } from '#core/evidence/evidence.ts'
import { CRITERIA, exitCriteria } from '#core/maturity/criteria.ts'
import { quarterOf } from '#core/maturity/quarter.ts'
import { digestOf } from '#lib/maturity/digest.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import type { SeededOrganization } from './write-organization.ts'

const SECOND_STAGE_DAYS = 52
const QUARTER_DAYS = 91

interface Said {
  criterion: string
  by: string
  daysAgo: number
  freshDays: number
  statement: string
}

/** What Northwind's people have attested; the last but one is too old by now. */
const SAID: readonly Said[] = [
  {
    criterion: 'S1.L1.E3',
    by: 'Amina Khalil',
    daysAgo: 110,
    freshDays: 365,
    statement: 'Asked every team lead and read the expense reports of a year: seven tools, three of them unsanctioned.',
  },
  {
    criterion: 'S1.L2.E2',
    by: 'Kenji Watanabe',
    daysAgo: 108,
    freshDays: 365,
    statement: 'Operations may deploy to both clusters without a further request, by the infrastructure charter.',
  },
  {
    criterion: 'S1.L2.X1',
    by: 'Amina Khalil',
    daysAgo: 20,
    freshDays: 90,
    statement: 'Egress logs of four weeks hold no call to a provider but from the gateway’s addresses.',
  },
  {
    criterion: 'S1.L3.X1',
    by: 'Kenji Watanabe',
    daysAgo: 33,
    freshDays: 90,
    statement: 'Found which team ran into 429 during the catalog import, from Requests, in four minutes.',
  },
  {
    criterion: 'S1.L3.X2',
    by: 'Grace Okafor',
    daysAgo: 12,
    freshDays: 35,
    statement: 'October: recorded cost within 1.8 % of the two invoices; the rest is a rounding of cached tokens.',
  },
  {
    criterion: 'S2.L2.E3',
    by: 'Lucía Fernández',
    daysAgo: 60,
    freshDays: 365,
    statement: 'Requirements are annex B of the data handling standard.',
  },
  {
    criterion: 'S2.L3.X2',
    by: 'Grace Okafor',
    daysAgo: 41,
    freshDays: 35,
    statement: 'September by team: the largest difference was 3.1 %, of Search relevance.',
  },
  {
    criterion: 'S2.L3.E3',
    by: 'Kenji Watanabe',
    daysAgo: 70,
    freshDays: 180,
    statement: 'Support assistants, Data platform and Search relevance were asked; keys without waiting came first.',
  },
]

/** What people believe of the criteria of the stage they are in; the second thinks better of things than the records. */
const BELIEVES: readonly { by: string; yes: number; no: number }[] = [
  { by: 'Priya Raman', yes: 0.35, no: 0.4 },
  { by: 'Rashid Al-Amin', yes: 0.8, no: 0.1 },
  { by: 'Elin Söderström', yes: 0.7, no: 0.15 },
  { by: 'Noor de Vries', yes: 0.5, no: 0.3 },
]

/** The stage, what was attested, what people believe, and how the last quarters ended. */
export async function writeMaturity(
  tx: Transaction,
  scenario: Scenario,
  { people }: SeededOrganization,
): Promise<void> {
  const { organizationId, now, random } = scenario
  const since = new Date(now - SECOND_STAGE_DAYS * DAY_MS)
  await tx.maturityStage.create({ data: { organizationId, stage: 2, version: 1, since } })
  await tx.maturityAttestation.createMany({ data: SAID.map(said => attestationRow(scenario, people, said)) })
  await tx.maturityAnswer.createMany({
    data: BELIEVES.flatMap(({ by, yes, no }) =>
      exitCriteria(2).map(({ id: criterionId }) => {
        const drawn = random.next()
        const answer = drawn < yes ? 'yes' : drawn < yes + no ? 'no' : drawn < 0.95 ? 'partly' : 'unsure'
        const answeredAt = new Date(now - 9 * DAY_MS)
        return { organizationId, personId: demand(people, by).id, criterionId, answer, answeredAt }
      }),
    ),
  })
  await tx.maturitySnapshot.createMany({ data: pastQuarters(scenario) })
}

function attestationRow(
  { organizationId, now, random }: Scenario,
  people: SeededOrganization['people'],
  { criterion, by, daysAgo, freshDays, statement }: Said,
): Prisma.MaturityAttestationCreateManyInput {
  const madeAt = new Date(now - daysAgo * DAY_MS)
  const freshUntil = new Date(madeAt.getTime() + freshDays * DAY_MS)
  const evidence = {
    kind: 'maturity_attestation',
    subject: { kind: 'criterion', id: criterion, name: criterion },
    collector: by,
    period: { from: madeAt.toISOString(), to: madeAt.toISOString() },
    effectiveAt: madeAt.toISOString(),
    freshUntil: freshUntil.toISOString(),
    value: { verdict: 'met', statement, link: '' },
  }
  return {
    id: random.id(madeAt.getTime()),
    organizationId,
    criterionId: criterion,
    verdict: 'met',
    statement,
    evidence,
    evidenceHash: hashEvidence(evidence),
    madeById: demand(people, by).id,
    madeByName: by,
    madeAt,
    freshUntil,
  }
}

/** Three quarters in which more and more was met, first of the first stage. */
function pastQuarters({ organizationId, now }: Scenario): Prisma.MaturitySnapshotCreateManyInput[] {
  const reached = [
    { back: 3, stage: 1, met: { 1: 0.3, 2: 0, 3: 0 } },
    { back: 2, stage: 1, met: { 1: 0.7, 2: 0.15, 3: 0 } },
    { back: 1, stage: 1, met: { 1: 0.95, 2: 0.35, 3: 0.05 } },
  ] as const
  return reached.map(({ back, stage, met }) => {
    const takenAt = new Date(now - back * QUARTER_DAYS * DAY_MS)
    const states: Record<string, 'met' | 'not_met'> = {}
    for (const each of [1, 2, 3] as const) {
      const criteria = CRITERIA.filter(criterion => criterion.stage === each)
      for (const [index, { id }] of criteria.entries()) {
        states[id] = index < criteria.length * met[each] ? 'met' : 'not_met'
      }
    }
    return { organizationId, quarter: quarterOf(takenAt), stage, states, digest: digestOf(stage, states), takenAt }
  })
}
