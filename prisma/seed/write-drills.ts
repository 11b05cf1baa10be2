import { hashEvidence } from '#core/evidence/evidence.ts'
import { drillEvidence } from '#lib/failover-drills/drill-evidence.ts'
import { lastOccasion } from '#lib/failover-drills/drill-occasions.ts'
import type { DrillFindings } from '#lib/failover-drills/schema.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { incidentsBefore } from './incidents.ts'
import { OPERATIONS } from './northwind/people.ts'
import { DAY_MS, demand, HOUR_MS, type Scenario } from './scenario.ts'
import type { SeededCatalog } from './write-catalog.ts'
import type { SeededOrganization } from './write-organization.ts'

const RHYTHM = { every: 'month', hour: 3 } as const
const BOUND_MS = 30_000
const SINCE_MS = 116 * DAY_MS
/** The models that are tried every month, and who answers in their place. */
const TRIED = [
  ['sandbox-claude', 'sandbox-gpt'],
  ['sandbox-gpt', 'sandbox-claude'],
] as const

interface Tried {
  at: number
  model: string
  answeredBy: string | null
  startedBy: string | null
}

/** The plan, the drills since the company began, and the failovers of its incidents. */
export async function writeDrills(
  tx: Transaction,
  scenario: Scenario,
  { models, people }: SeededCatalog & SeededOrganization,
): Promise<void> {
  const { organizationId, now } = scenario
  const modelIds = TRIED.map(([model]) => demand(models, model).id)
  const plan = { enabled: true, every: RHYTHM.every, hour: RHYTHM.hour, boundMs: BOUND_MS, modelIds }
  const updatedAt = new Date(now - SINCE_MS)
  await tx.failoverDrillPlan.create({ data: { organizationId, ...plan, updatedAt } })
  const drills = [...plannedDrills(now), ...askedDrills(now, demand(people, OPERATIONS).name)]
  drills.sort((a, b) => a.at - b.at)
  await tx.failoverDrill.createMany({ data: drills.map(drill => drillRow(scenario, models, drill)) })
  await tx.failover.createMany({ data: failoverRows(scenario, models) })
}

/** The first one found that nobody stood in for sandbox-claude; an equivalent was named after it. */
function plannedDrills(now: number): Tried[] {
  const occasions: number[] = []
  for (let at = lastOccasion(RHYTHM, new Date(now)).getTime(); at > now - SINCE_MS; ) {
    occasions.unshift(at)
    at = lastOccasion(RHYTHM, new Date(at - 1)).getTime()
  }
  return occasions.flatMap((at, month) =>
    TRIED.map(([model, substitute], index) => ({
      at: at + index * 90_000,
      model,
      answeredBy: month === 0 && index === 0 ? null : substitute,
      startedBy: null,
    })),
  )
}

function askedDrills(now: number, startedBy: string): Tried[] {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS
  return [{ at: midnight - 6 * DAY_MS + 14 * HOUR_MS, model: 'sandbox-gpt', answeredBy: 'sandbox-claude', startedBy }]
}

function drillRow(
  { organizationId, random }: Scenario,
  models: SeededCatalog['models'],
  { at, model, answeredBy, startedBy }: Tried,
): Prisma.FailoverDrillCreateManyInput {
  const [id, modelId] = [random.id(at), demand(models, model).id]
  const [createdAt, startedAt] = [new Date(at), new Date(at + 700)]
  const recoveryMs = answeredBy === null ? null : random.whole(90, 640)
  const restoredMs = answeredBy === null ? null : random.whole(5_200, 10_400)
  const endedAt = new Date(at + 2_000 + (answeredBy === null ? BOUND_MS : (recoveryMs ?? 0) + (restoredMs ?? 0)))
  const failure = answeredBy === null ? 'Calls were not answered again within 30 s. 503: No equivalent is named.' : null
  const findings: DrillFindings = {
    passed: failure === null,
    failure,
    boundMs: BOUND_MS,
    recoveryMs,
    restoredMs,
    answeredBy,
    calls: answeredBy === null ? 120 : 3,
    failedCalls: answeredBy === null ? 120 : 0,
    recoveryRequestId: null,
    restoreRequestId: null,
  }
  const drill = { id, modelId, modelName: model, createdAt, startedAt }
  const evidence = drillEvidence(drill, findings, RHYTHM, endedAt)
  return {
    ...drill,
    organizationId,
    occasion: startedBy === null ? 'schedule' : 'demand',
    startedByName: startedBy ?? 'failover-drills',
    state: failure === null ? 'passed' : 'failed',
    boundMs: BOUND_MS,
    endedAt,
    recoveryMs,
    failure,
    evidence: JSON.parse(JSON.stringify(evidence)),
    evidenceHash: hashEvidence(evidence),
  }
}

/** What the incidents of the history did to calls of the models concerned. */
function failoverRows(
  { organizationId, now, random }: Scenario,
  models: SeededCatalog['models'],
): Prisma.FailoverCreateManyInput[] {
  const { outage, slowdown } = incidentsBefore(now)
  const row = (model: string, substitute: string, reason: string, from: number, to: number) => ({
    id: random.id(from),
    organizationId,
    modelId: demand(models, model).id,
    substituteId: demand(models, substitute).id,
    reason,
    startedAt: new Date(from),
    endedAt: new Date(to),
  })
  return [
    row('claude-sonnet-4-5', 'gpt-4o', 'upstream_unreachable', outage.from + 21_000, outage.to + 14_000),
    row('claude-haiku-4-5', 'gpt-4o', 'upstream_unreachable', outage.from + 34_000, outage.to + 19_000),
    row('gpt-5-mini', 'gemini-2.5-flash', 'upstream_timeout', slowdown.from + HOUR_MS, slowdown.from + 1.2 * HOUR_MS),
  ]
}
