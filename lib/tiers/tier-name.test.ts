import { beforeAll, expect, test } from 'vitest'
import { createDataSource } from '#lib/data-sources/create-data-source.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { listDetectors } from '#lib/detectors/queries.ts'
import { testDetectors } from '#lib/detectors/test-detectors.ts'
import { updateDetector } from '#lib/detectors/update-detector.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { getKey } from '#lib/keys/queries.ts'
import { createChannel } from '#lib/notification-channels/create-channel.ts'
import { createWorkload } from '#lib/workloads/create-workload.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'

let here: TestOrganization
let ruleId: string | undefined
beforeAll(async () => {
  here = await makeOrganization()
  await installGuardrails({ ctx: here.admin, input: {} })
  ruleId = (await listDetectors(here.admin)).find(rule => rule.detector === 'email')?.id
})

/** What each resource keeps of a tier that it is given by name. */
const RESOURCES: Record<string, (tier: string) => Promise<unknown>> = {
  'the test bench': async tier =>
    (await testDetectors({ ctx: here.admin, input: { text: 'Hello', tier } })).declaredTier,
  'a key': async tier => {
    const { id } = await issueKey({ ctx: here.admin, input: { name: 'tier', teamId: here.teamId, tier } })
    return (await getKey(here.admin, id)).tier
  },
  'a data source': async tier => (await createDataSource({ ctx: here.admin, input: { name: tier, tier } })).tier,
  'a workload': async tier => {
    const input = { name: `Workload ${tier}`, teamId: here.teamId, tier }
    return (await createWorkload({ ctx: here.admin, input })).tier
  },
  'the rule of a detector': async tier => {
    const input = { id: ruleId, raiseTo: tier, actions: { [tier]: 'mask' } }
    const { raiseTo, actions } = await updateDetector({ ctx: here.admin, input })
    expect(Object.keys(actions).sort()).toEqual(['Internal', 'Public', 'Restricted'])
    expect(actions.Restricted).toBe('mask')
    return raiseTo
  },
  'a channel': async tier => {
    const target = { kind: 'teams', url: 'https://flows.example.com/a-flow' }
    return (await createChannel({ ctx: here.admin, input: { name: 'C', detailsUpTo: tier, target } })).detailsUpTo
  },
}

test.each(Object.entries(RESOURCES))('%s takes a tier’s name in any case, and keeps it as it is', async (_, keep) => {
  expect(await keep('rESTRICTED')).toBe('Restricted')
  expect(await keep('Restricted')).toBe('Restricted')
  const refused = { kind: 'invalid_input', message: 'There is no tier Secret. There are Public, Internal, Restricted.' }
  await expect(keep('Secret')).rejects.toMatchObject(refused)
})
