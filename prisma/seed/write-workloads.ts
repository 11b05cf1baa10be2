import { parseUsd } from '#core/money.ts'
import type { BriefContent } from '#core/workloads/brief.ts'
import { createBrief } from '#lib/briefs/create-brief.ts'
import { saveBrief } from '#lib/briefs/save-brief.ts'
import { submitBrief } from '#lib/briefs/submit-brief.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { changeLifecycle } from '#lib/workloads/change-lifecycle.ts'
import { createWorkload } from '#lib/workloads/create-workload.ts'
import { publishWorkload } from '#lib/workloads/publish-workload.ts'
import { ADMINISTRATOR, DEVELOPER } from './northwind/people.ts'
import { type DemoWorkload, WORKLOADS } from './northwind/workloads.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import { contextOf } from './write-budgets.ts'
import type { SeededCatalog } from './write-catalog.ts'
import type { SeededOrganization } from './write-organization.ts'

type Parts = SeededOrganization & SeededCatalog

const BOARD = 'Noor de Vries'
/** Above what any call of a newcomer can cost: the record shows the bound and refuses nobody. */
const COST_PER_CALL = '1.00'

/** Registers what Northwind uses models for, each with its brief; one brief waits for the board, one is half written. */
export async function writeWorkloads(tx: Transaction, scenario: Scenario, parts: Parts): Promise<void> {
  const ctx = contextOf(tx, scenario, demand(parts.people, ADMINISTRATOR), [])
  for (const [index, demo] of WORKLOADS.entries()) await writeWorkload(tx, ctx, scenario, parts, { ...demo, index })
  await writeWaitingBrief(tx, scenario, parts)
  await writeHalfBrief(tx, scenario, parts)
}

async function writeWorkload(
  tx: Transaction,
  ctx: Context,
  { organizationId, random, now }: Scenario,
  { people, teams, models }: Parts,
  demo: DemoWorkload & { index: number },
): Promise<void> {
  const { slug, name, lifecycle, objective, review, sunset, migrationPlan = '' } = demo
  const [team, owner] = [demand(teams, demo.team), demand(people, demo.owner)]
  const modelIds = modelsOf(
    models,
    team.models.map(one => one.model),
  )
  const terms = { slug, name, objective, teamId: team.id, ownerId: owner.id, keyScope: 'organization', modelIds }
  const createdAt = new Date(now - (90 - demo.index * 7) * DAY_MS)
  const { id } = await createWorkload({
    ctx: { ...ctx, at: createdAt },
    input: { ...terms, reason: 'Brought in from before briefs were asked for' },
  })
  const briefId = random.id(createdAt.getTime())
  await tx.brief.create({
    data: {
      ...{ id: briefId, organizationId, name, slug, teamId: team.id, ownerId: owner.id, workloadId: id },
      content: contentOf(demo, modelIds),
      ...{ authorId: owner.id, authorName: owner.name, state: 'approved', version: 1 },
      ...{ submittedAt: createdAt, createdAt, updatedAt: createdAt },
    },
  })
  const reviewBy = new Date(now + review * DAY_MS)
  const costPerCallNanoUsd = parseUsd(COST_PER_CALL)
  const before = await tx.workload.update({ where: { id }, data: { briefId, createdAt, reviewBy, costPerCallNanoUsd } })
  if (lifecycle === 'development') return publishWorkload(tx, ctx, before)
  const board = contextOf(tx, { organizationId, random, now }, demand(people, BOARD), [])
  const sunsetAt = sunset === undefined ? null : new Date(now + sunset * DAY_MS).toISOString()
  const reason = lifecycle === 'deprecated' ? 'The new suite takes its place' : 'Its brief was approved'
  const decidedAt = new Date((createdAt.getTime() + now) / 2)
  await changeLifecycle(tx, { ...board, at: decidedAt }, before, { to: lifecycle, sunsetAt, migrationPlan, reason })
}

/** A team's own models first, then those of the sandbox, so that whoever tries it out is served. */
function modelsOf(models: SeededCatalog['models'], own: readonly string[]): string[] {
  const sandbox = [...models.keys()].filter(identifier => identifier.startsWith('sandbox-'))
  return [...new Set([...own, ...sandbox])].map(identifier => demand(models, identifier).id)
}

function contentOf(
  { objective, currentState, approach, metric, month }: DemoWorkload,
  modelIds: string[],
): BriefContent {
  const [name, minimum, target] = metric
  return {
    ...{ objective, currentState, approach, modelIds, inputTier: 'Public', outputTier: 'Public' },
    metrics: [{ name, minimum, target }],
    ...{ latencyMs: 4_000, requestsPerDay: 500, costPerCallUsd: COST_PER_CALL, costPerMonthUsd: month },
    inScope: 'What the objective says, for our own customers, articles and suppliers',
    outOfScope: 'Decisions about people, and anything that nobody reads afterwards',
    rollback: 'Below the minimum for three days in a row: the work is done as before',
    decommission: 'When what it does has become part of another system',
    autonomy: 'suggests',
    oversight: 'The owner reads a sample of twenty a week',
    peopleAffected: 'Colleagues who work with its answers, and those who read them',
    keyScope: 'organization',
  }
}

async function writeWaitingBrief(tx: Transaction, scenario: Scenario, { people, teams, models }: Parts): Promise<void> {
  const team = demand(teams, 'search')
  const author = demand(people, 'Sione Tupou')
  const ctx = contextOf(tx, scenario, author, [team.id])
  const input = { name: 'Size advice in the shop', teamId: team.id }
  const { id } = await createBrief({ ctx, input })
  const about: DemoWorkload = {
    ...{ slug: '', name: '', team: 'search', owner: author.name, lifecycle: 'development', review: 0 },
    objective: 'Tell customers which size of a shoe or jacket fits, from what they kept and sent back',
    currentState: 'A table of sizes; every fourth pair of shoes comes back',
    approach: 'A model reads measures and earlier orders and proposes one size, with the reason',
    metric: ['Orders sent back for their size', 'below 18 %', 'below 12 %'],
    month: '1400',
  }
  const content = {
    ...contentOf(about, [demand(models, 'sandbox-gpt').id, demand(models, 'sandbox-gpt-mini').id]),
    keyScope: 'team',
  }
  await saveBrief({ ctx, input: { id, content } })
  await submitBrief({ ctx, input: { id, reason: 'The shop wants to try it with shoes before spring' } })
}

async function writeHalfBrief(tx: Transaction, scenario: Scenario, { people, teams }: Parts): Promise<void> {
  const team = demand(teams, 'support')
  const ctx = contextOf(tx, scenario, demand(people, DEVELOPER), [team.id])
  const { id } = await createBrief({ ctx, input: { name: 'Chat answers at night', teamId: team.id } })
  const content = { objective: 'Answer customers in the chat at night about orders and returns', inputTier: 'Internal' }
  await saveBrief({ ctx, input: { id, content } })
}
