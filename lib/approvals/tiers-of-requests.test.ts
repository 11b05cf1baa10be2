import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { submitBrief } from '#lib/briefs/submit-brief.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import { createDataSource } from '#lib/data-sources/create-data-source.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { extendExemption } from '#lib/exemptions/extend-exemption.ts'
import { requestExemption } from '#lib/exemptions/request-exemption.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { createModelRequest } from '#lib/model-requests/create-model-request.ts'
import { createModel } from '#lib/models/create-model.ts'
import { requestModelLifecycle } from '#lib/models/request-model-lifecycle.ts'
import { databases } from '#lib/platform/database.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { highestTier } from '#lib/tiers/highest-tier.ts'
import { createWorkload } from '#lib/workloads/create-workload.ts'
import { requestTransition } from '#lib/workloads/request-transition.ts'
import { exemptionInput, grantExemption, inMs, makeApprover } from '#test/exemption-suite.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { writeBrief } from '#test/whole-brief.ts'

const { system } = databases()
const TIERS = ['Restricted', 'Public']

let org: TestOrganization
let providerId: string
let modelId: string

beforeAll(async () => {
  org = await makeOrganization()
  await installGuardrails({ ctx: org.admin, input: {} })
  providerId = (await createProvider({ ctx: org.admin, input: { name: 'OpenAI', kind: 'openai' } })).id
  const model = { providerId, identifier: newId(), upstreamModel: 'gpt-4o', dialects: ['chat'], tiers: TIERS }
  modelId = (await createModel({ ctx: org.admin, input: model })).id
})

/** The tier by which channels decide what of the latest request about a record they may carry. */
async function tierOf(subjectId: string): Promise<string | null> {
  const request = await system.approvalRequest.findFirstOrThrow({ where: { subjectId }, orderBy: { id: 'desc' } })
  return request.tier
}

test('a request has the most sensitive tier that what it asks for names', async () => {
  const asked = await createModelRequest({
    ctx: await org.person(['developer']),
    input: { identifier: newId(), providerId, purpose: 'Triage', alternatives: 'None', tiers: TIERS },
  })
  expect(await tierOf(asked.id)).toBe('Restricted')
  const wider = { id: modelId, lifecycle: 'approved', tiers: ['Public', 'Internal', 'Restricted'], reason: 'Needed' }
  await requestModelLifecycle({ ctx: org.admin, input: wider })
  expect(await tierOf(modelId)).toBe('Restricted')
  const owner = await org.person(['developer'])
  const terms = { name: `Claims ${newId()}`, teamId: org.teamId, ownerId: owner.actor.id ?? '', modelIds: [modelId] }
  const author = await org.person(['developer'])
  const brief = await writeBrief(author, { ...terms, content: { inputTier: 'Internal', outputTier: 'Public' } })
  await submitBrief({ ctx: author, input: { id: brief.id } })
  expect(await tierOf(brief.id)).toBe('Internal')
})

test('a workload and an exemption hand on theirs, and what names none has none', async () => {
  const { id } = await createWorkload({
    ctx: org.admin,
    input: { name: newId(), teamId: org.teamId, tier: 'Internal', ownerId: org.admin.actor.id },
  })
  await requestTransition({ ctx: org.admin, input: { id, to: 'decommissioned', reason: 'Over' } })
  expect(await tierOf(id)).toBe('Internal')
  const terms = { kind: 'tier', modelIds: [modelId], tier: 'Restricted' }
  const approver = await makeApprover(org)
  const exemption = await grantExemption(org, approver, terms)
  expect(await tierOf(exemption.id)).toBe('Restricted')
  await extendExemption({ ctx: org.admin, input: { id: exemption.id, endsAt: inMs(9 * 86_400_000), reason: 'More' } })
  expect(await tierOf(exemption.id)).toBe('Restricted')
  const open = await requestExemption({
    ctx: org.admin,
    input: exemptionInput(org, { kind: 'model', modelIds: [modelId] }),
  })
  expect(await tierOf(open.id)).toBeNull()
})

test('a higher budget has the tier of the workload or key that it is for', async () => {
  const ask = async (scope: string, target: string | null) => {
    const window = { kind: 'month', timeZone: 'UTC' }
    const terms = { name: newId(), scope, target, window, limitUsd: '10' }
    const { id } = await createBudget({ ctx: org.admin, input: terms })
    await requestIncrease({ ctx: org.admin, input: { id, limitUsd: '20', reason: 'A launch' } })
    return tierOf(id)
  }
  const of = { name: newId(), teamId: org.teamId, tier: 'Internal', ownerId: org.admin.actor.id }
  const { slug } = await createWorkload({ ctx: org.admin, input: of })
  expect(await ask('workload', slug)).toBe('Internal')
  const source = { name: newId(), tier: 'Restricted', workloads: [slug] }
  await createDataSource({ ctx: org.admin, input: source })
  expect(await ask('workload', slug)).toBe('Restricted')
  const key = { name: 'Key', teamId: org.teamId, environment: 'development', tier: 'Internal' }
  expect(await ask('key', (await issueKey({ ctx: org.admin, input: key })).id)).toBe('Internal')
  expect(await ask('team', org.teamId)).toBeNull()
})

test('a tier that is no more counts as the most sensitive: no channel knows it', async () => {
  const of = (names: (string | null)[]) => system.$transaction(tx => highestTier(tx, org.id, names))
  expect(await of([null, 'Public', 'Internal'])).toBe('Internal')
  expect(await of(['Public', 'Gone'])).toBe('Gone')
  expect(await of([null])).toBeNull()
  const elsewhere = await makeOrganization()
  expect(await system.$transaction(tx => highestTier(tx, elsewhere.id, ['Public']))).toBe('Public')
})
