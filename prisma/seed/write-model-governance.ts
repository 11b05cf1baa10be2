import { approveRequest, rejectRequest } from '#lib/approvals/decide-approval.ts'
import { createModelRequest } from '#lib/model-requests/create-model-request.ts'
import { changeModelLifecycle } from '#lib/models/change-model-lifecycle.ts'
import { findModel } from '#lib/models/find-model.ts'
import { auditedModel } from '#lib/models/publish-model.ts'
import { requestModelLifecycle } from '#lib/models/request-model-lifecycle.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { MODEL_FACTS, PROVIDER_TERMS } from './northwind/model-facts.ts'
import { ADMINISTRATOR, OPERATIONS } from './northwind/people.ts'
import { DAY_MS, demand, HOUR_MS, type Scenario } from './scenario.ts'
import { contextOf } from './write-budgets.ts'
import type { SeededCatalog, SeededModel } from './write-catalog.ts'
import type { SeededOrganization } from './write-organization.ts'

type Parts = SeededOrganization & SeededCatalog

/** Who asked, for what, at which provider; decided so many days ago by the approver, unless it still waits. */
const ASKED = [
  {
    person: 'Sofia Rossi',
    model: 'gpt-5-nano',
    provider: 'OpenAI',
    purpose: 'Invoices are checked for missing fields before a person reads them: a million short calls a month.',
    alternatives: 'gpt-5-mini does it well and costs five times as much.',
    volume: 1_000_000,
    cost: '140',
  },
  {
    person: 'Thi Mai Nguyen',
    model: 'codestral-latest',
    provider: null,
    providerName: 'Mistral',
    purpose: 'Completions inside the editor, which have to come in two hundred milliseconds.',
    alternatives: 'claude-haiku-4-5 is good and takes twice as long.',
    volume: 300_000,
    cost: '90',
  },
  {
    person: 'Diego Quispe',
    model: 'gemini-2.5-flash-lite',
    provider: 'Google',
    purpose: 'Product descriptions in nine languages.',
    alternatives: 'gemini-2.5-flash; the lighter one is enough for texts that are edited anyway.',
    days: 17,
    yes: 'Tried with forty texts, as good as what we have',
  },
  {
    person: 'Dmytro Petrenko',
    model: 'o3',
    provider: 'OpenAI',
    purpose: 'Explanations of churn for single customers.',
    alternatives: 'claude-sonnet-4-5, which explains less.',
    days: 38,
    no: 'A decision about single customers needs a brief first',
  },
] as const

/** What the catalog knows of its models, whom some of them are for, and what was asked for. */
export async function writeModelGovernance(tx: Transaction, scenario: Scenario, parts: Parts): Promise<void> {
  for (const model of parts.models.values()) await describeModel(tx, scenario, parts, model)
  await restrict(tx, scenario, parts)
  for (const asked of ASKED) await ask(tx, scenario, parts, asked)
}

async function describeModel(
  tx: Transaction,
  { organizationId, now, random }: Scenario,
  { people }: Parts,
  { id, identifier, provider, createdAt }: SeededModel,
): Promise<void> {
  const facts = MODEL_FACTS[identifier]
  const terms = PROVIDER_TERMS[provider.name]
  await tx.model.update({
    where: { id },
    data: {
      ...terms,
      ...(facts
        ? {
            ownerId: demand(people, facts.owner).id,
            lineage: facts.lineage,
            reviewBy: new Date(now + facts.reviewIn * DAY_MS),
            modelCard: facts.card,
          }
        : {}),
      ...(identifier === 'gpt-4o'
        ? { providerEndsOn: new Date(now + 75 * DAY_MS), providerEndSource: 'Azure’s list of model retirements' }
        : {}),
      version: 1,
    },
  })
  const document = JSON.parse(JSON.stringify(auditedModel(await findModel(tx, id)))) as object
  const author = demand(people, OPERATIONS)
  await tx.recordVersion.create({
    data: {
      id: random.id(createdAt.getTime()),
      organizationId,
      ...{ kind: 'model', recordId: id, version: 1, reason: 'From the shipped list', changes: [], createdAt },
      document,
      ...{ authorKind: 'person', authorId: author.id, authorName: author.name },
    },
  })
}

/** What was only a sentence binds: the models that were described as for one team are for that team. */
async function restrict(tx: Transaction, scenario: Scenario, { models, teams, people }: Parts): Promise<void> {
  const administrator = contextOf(tx, scenario, demand(people, ADMINISTRATOR), [], 43)
  const only = (slug: 'legal' | 'support') => ({ useCases: [], teamIds: [demand(teams, slug).id], workloads: [] })
  const change = (identifier: string, slug: 'legal' | 'support', reason: string) =>
    changeModelLifecycle({
      ctx: administrator,
      input: { id: demand(models, identifier).id, lifecycle: 'restricted', onlyFor: only(slug), reason },
    })
  await change('claude-opus-4-5', 'legal', 'It reads contracts, and nothing else is worth its price')
  await change('support-tone-ft', 'support', 'It was tuned on tickets')
  const operations = contextOf(tx, scenario, demand(people, OPERATIONS), [])
  await requestModelLifecycle({
    ctx: operations,
    input: {
      id: demand(models, 'gpt-4o-mini').id,
      lifecycle: 'deprecated',
      sunsetAt: new Date(Math.ceil((scenario.now + 54 * DAY_MS) / DAY_MS) * DAY_MS).toISOString(),
      reason: 'Payables need another month to change over',
    },
  })
}

async function ask(tx: Transaction, scenario: Scenario, parts: Parts, asked: (typeof ASKED)[number]): Promise<void> {
  const person = demand(parts.people, asked.person)
  const ctx = contextOf(tx, scenario, person, [])
  const provider = asked.provider ? demand(parts.providers, asked.provider) : null
  const { id, approvalId } = await createModelRequest({
    ctx,
    input: {
      identifier: asked.model,
      providerId: provider?.id ?? null,
      providerName: 'providerName' in asked ? asked.providerName : '',
      purpose: asked.purpose,
      alternatives: asked.alternatives,
      tiers: ['Public', 'Internal'],
      requestsPerMonth: 'volume' in asked ? asked.volume : null,
      costUsdPerMonth: 'cost' in asked ? asked.cost : null,
    },
  })
  if (!('days' in asked)) return
  const approver = contextOf(tx, scenario, demand(parts.people, 'Noor de Vries'), [])
  if ('yes' in asked) await approveRequest({ ctx: approver, input: { id: approvalId, reason: asked.yes } })
  else await rejectRequest({ ctx: approver, input: { id: approvalId, reason: asked.no } })
  const createdAt = new Date(scenario.now - asked.days * DAY_MS)
  const decidedAt = new Date(createdAt.getTime() + 26 * HOUR_MS)
  await tx.modelRequest.update({ where: { id }, data: { createdAt } })
  const times = { createdAt, stepOpenedAt: createdAt, decidedAt }
  await tx.approvalRequest.update({ where: { id: approvalId ?? '' }, data: times })
}
