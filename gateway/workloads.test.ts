import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConfigDocumentInput } from '#core/contracts/config-documents.ts'
import { newId } from '#core/ids.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { updateOrganization } from '#lib/organizations/update-organization.ts'
import { publishConfigNow } from '#lib/platform/config-publish.ts'
import { databases } from '#lib/platform/database.ts'
import { createWorkload } from '#lib/workloads/create-workload.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'
import { makeOrganization } from '#test/organization.ts'

let suite: GovernedSuite

beforeAll(async () => {
  suite = await startGovernedSuite()
  await installGuardrails({ ctx: suite.org.admin, input: {} })
})
afterAll(() => suite?.stop())

const CHAT = '/v1/chat/completions'
const HEADER = 'x-gatehouse-workload'
const hello = { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] }

/** Registers a workload; with a change, its document is published anew as its verbs would. */
async function register(terms: object = {}, change: Partial<ConfigDocumentInput<'workload'>> = {}) {
  const { org } = suite
  const input = { name: `Triage ${newId()}`, teamId: org.teamId, ...terms }
  const workload = await createWorkload({ ctx: org.admin, input })
  if (Object.keys(change).length > 0) await publish(workload.id, change)
  await inForce([suite.gateway])
  return workload
}

async function publish(id: string, change: object): Promise<void> {
  const { system } = databases()
  const row = await system.gatewayConfig.findFirstOrThrow({ where: { kind: 'workload', id } })
  const document = { ...(row.doc as ConfigDocumentInput<'workload'>), ...change }
  await system.$transaction(tx => publishConfigNow(tx, suite.org.admin, 'workload', id, document))
  await inForce([suite.gateway])
}

async function call(key: string, workload: string | null, body: object = hello) {
  const answer = await postJson(suite.gateway.url + CHAT, key, body, workload === null ? {} : { [HEADER]: workload })
  const { error } = (await answer.json()) as { error?: { code: string; message: string; param: string | null } }
  return { answer, status: answer.status, code: error?.code, message: error?.message, param: error?.param }
}

describe('a registered workload', () => {
  test('takes calls of the environments that its lifecycle reaches, and no others', async () => {
    const production = await suite.issue({ environment: 'production' })
    const { slug, id } = await register()
    expect((await call(suite.key, slug)).status).toBe(200)
    const refused = await call(production.key, slug)
    expect(refused).toMatchObject({ status: 403, code: 'workload_not_in_environment', param: HEADER })
    expect(refused.message).toContain('in development')
    expect(await eventOf(refused.answer)).toMatchObject({ outcome: 'refused', workload: slug })
    await publish(id, { lifecycle: 'production' })
    expect((await call(production.key, slug)).status).toBe(200)
  })

  test('is refused when it is decommissioned, and from its sunset on', async () => {
    const { slug, id } = await register({}, { lifecycle: 'deprecated', sunsetAt: '2999-01-01T00:00:00Z' })
    expect((await call(suite.key, slug)).status).toBe(200)
    await publish(id, { sunsetAt: '2020-01-01T00:00:00Z' })
    expect(await call(suite.key, slug)).toMatchObject({ status: 403, code: 'workload_sunset' })
    const began = performance.now()
    await publish(id, { lifecycle: 'decommissioned', sunsetAt: null })
    process.stdout.write(`decommissioned and refused after ${Math.round(performance.now() - began)} ms\n`)
    expect(await call(suite.key, slug)).toMatchObject({ status: 403, code: 'workload_decommissioned' })
  })

  test('reaches its models alone, also for whoever asks for a stand-in', async () => {
    const { models } = suite.catalog
    const { slug } = await register({ modelIds: [models['sandbox-gpt-mini']] })
    const refused = await call(suite.key, slug)
    expect(refused).toMatchObject({ status: 403, code: 'model_outside_workload', param: 'model' })
    expect((await call(suite.key, slug, { ...hello, model: 'sandbox-gpt-mini' })).status).toBe(200)
  })

  test('raises every call to its tier, whatever the caller says', async () => {
    const { slug } = await register({ tier: 'Internal' })
    const { answer } = await call(suite.key, slug)
    expect(await eventOf(answer)).toMatchObject({ dataClass: 'Internal' })
    const restricted = await register({ tier: 'Restricted' })
    expect(await call(suite.key, restricted.slug)).toMatchObject({ status: 403, code: 'tier_not_allowed' })
  })

  test('takes keys of its team, or only those that are bound to it', async () => {
    const { slug, id } = await register({ keyScope: 'bound' })
    expect(await call(suite.key, slug)).toMatchObject({ status: 403, code: 'workload_not_allowed' })
    const bound = await suite.issue({ workloadId: id })
    await inForce([suite.gateway])
    const { status, answer } = await call(bound.key, 'another name')
    expect(status).toBe(200)
    expect(await eventOf(answer)).toMatchObject({ workload: slug })
    await publish(id, { keyScope: 'team', teamId: newId() })
    expect(await call(suite.key, slug)).toMatchObject({ code: 'workload_not_allowed' })
  })

  test('closes the list of models of a key that is bound to it', async () => {
    const { models } = suite.catalog
    const { id } = await register({ modelIds: [models['sandbox-gpt']] })
    const { key } = await suite.issue({ workloadId: id })
    await inForce([suite.gateway])
    const answer = await fetch(`${suite.gateway.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
    const { data } = (await answer.json()) as { data: { id: string }[] }
    expect(data.map(one => one.id)).toEqual(['default', 'sandbox-gpt'])
  })
})

describe('a name that nobody has registered', () => {
  test('is accepted or refused as the organization decides', async () => {
    const { org } = suite
    expect((await call(suite.key, 'unheard-of')).status).toBe(200)
    const set = (unregisteredWorkloads: string) =>
      updateOrganization({ ctx: org.admin, input: { id: org.id, unregisteredWorkloads } })
    await set('refuse')
    await inForce([suite.gateway])
    expect(await call(suite.key, 'unheard-of')).toMatchObject({ status: 403, code: 'workload_not_registered' })
    expect((await call(suite.key, null)).status).toBe(200)
    await set('accept')
    await inForce([suite.gateway])
    expect((await call(suite.key, 'unheard-of')).status).toBe(200)
  })
})

test('a workload that cannot be read lets nothing through that may be its', async () => {
  const { slug, id } = await register()
  const { key } = await suite.issue({ workloadId: id })
  const doc = JSON.stringify({ slug, lifecycle: 'unheard of' })
  await databases().system.$queryRaw`
    select publish_config(${suite.org.id}::uuid, 'workload', ${id}::uuid, ${doc}::jsonb, false)::text`
  await inForce([suite.gateway])
  expect(await call(key, null)).toMatchObject({ status: 503, code: 'workload_unavailable' })
  expect(await call(suite.key, slug)).toMatchObject({ status: 503, code: 'workload_unavailable' })
  expect((await call(suite.key, null)).status).toBe(200)
  await databases().system.$queryRaw`
    select publish_config(${suite.org.id}::uuid, 'workload', ${id}::uuid, '{}'::jsonb, true)::text`
  await inForce([suite.gateway])
  expect(await call(key, null)).toMatchObject({ status: 503, code: 'workload_unavailable' })
})

test('a workload of another organization is an unregistered name here', async () => {
  const elsewhere = await makeOrganization()
  const input = { name: 'Elsewhere only', teamId: elsewhere.teamId, keyScope: 'bound' }
  const { slug, id } = await createWorkload({ ctx: elsewhere.admin, input })
  await inForce([suite.gateway])
  expect((await call(suite.key, slug)).status).toBe(200)
  await expect(suite.issue({ workloadId: id })).rejects.toMatchObject({ kind: 'invalid_input' })
})
