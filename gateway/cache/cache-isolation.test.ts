import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { createCachePolicy } from '#lib/cache/create-policy.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { createTeam } from '#lib/teams/create-team.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { callCached, providerCalls, readCached, turnCacheOn } from '#test/cached-calls.ts'
import { publishSandboxCatalog } from '#test/catalog.ts'
import { type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { makeOrganization } from '#test/organization.ts'

let suite: GovernedSuite

const CHAT = '/v1/chat/completions'
const fresh = () => ({ model: 'sandbox-gpt', messages: [{ role: 'user', content: `Say ${newId()}` }] })

beforeAll(async () => {
  suite = await startGovernedSuite()
  await createTier({
    ctx: suite.org.admin,
    input: { name: 'Public', rank: 10, cacheable: true, contentLogging: 'full' },
  })
  await createTier({
    ctx: suite.org.admin,
    input: { name: 'Internal', rank: 20, cacheable: true, contentLogging: 'restricted' },
  })
  await turnCacheOn(suite, { sharing: 'organization' })
})
afterAll(() => suite?.stop())

const callWith = async (key: string, body: unknown, headers: Record<string, string> = {}) =>
  readCached(await postJson(suite.gateway.url + CHAT, key, body, headers))

async function keyOf(input: Record<string, unknown>): Promise<string> {
  const { key } = await suite.issue(input)
  await suite.gateway.admin('POST', '/sync')
  return key
}

test('no answer reaches another organization, though it asks the same of the same provider', async () => {
  const stranger = await makeOrganization('Stranger')
  await publishSandboxCatalog(stranger, { url: suite.sandbox.url })
  const policy = { name: 'Theirs', scope: 'organization', sharing: 'organization', shared: false }
  await createCachePolicy({ ctx: stranger.admin, input: policy })
  const { key } = await issueKey({ ctx: stranger.admin, input: { name: 'theirs', teamId: stranger.teamId } })
  await suite.gateway.admin('POST', '/sync')
  for (const body of [fresh(), { ...fresh(), stream: true }]) {
    expect((await callCached(suite, CHAT, body)).cache).toBe('miss')
    const probe = await callWith(key, body, { 'x-gatehouse-cache': 'only-if-cached' })
    expect(probe.status).toBe(504)
    const calls = await providerCalls(suite)
    expect((await callWith(key, body)).cache).toBe('miss')
    expect(await providerCalls(suite)).toBe(calls + 1)
    expect((await callCached(suite, CHAT, body)).cache).toBe('hit')
  }
})

test('keys that may do the same share answers, and keys that may not do not', async () => {
  const equal = await keyOf({ requestsPerMinute: 50 })
  const narrower = await keyOf({ modelIds: [suite.catalog.models['sandbox-gpt']] })
  const elsewhere = await keyOf({ environment: 'staging' })
  const sensitive = await keyOf({ tier: 'Internal' })
  const body = fresh()
  const first = await callCached(suite, CHAT, body)
  const shared = await callWith(equal, body)
  expect([first.cache, shared.cache, shared.text]).toEqual(['miss', 'hit', first.text])
  for (const key of [narrower, elsewhere, sensitive]) expect((await callWith(key, body)).cache).toBe('miss')
})

test('each tier has answers of its own', async () => {
  const body = fresh()
  const asInternal = { 'x-gatehouse-data-class': 'Internal' }
  expect((await callCached(suite, CHAT, body, asInternal)).cache).toBe('miss')
  expect((await callCached(suite, CHAT, body)).cache).toBe('miss')
  expect((await callCached(suite, CHAT, body, asInternal)).cache).toBe('hit')
})

describe('a policy can keep answers closer', () => {
  test('within the team', async () => {
    const { id: teamId } = await createTeam({ ctx: suite.org.admin, input: { name: 'Other team' } })
    await turnCacheOn(suite, { scope: 'workload', target: 'team-only', sharing: 'team' })
    const other = await keyOf({ teamId })
    const mate = await keyOf({})
    const headers = { 'x-gatehouse-workload': 'team-only' }
    const body = fresh()
    expect((await callCached(suite, CHAT, body, headers)).cache).toBe('miss')
    expect((await callWith(other, body, headers)).cache).toBe('miss')
    expect((await callWith(mate, body, headers)).cache).toBe('hit')
  })

  test('within the key', async () => {
    await turnCacheOn(suite, { scope: 'workload', target: 'key-only', sharing: 'key' })
    const mate = await keyOf({})
    const headers = { 'x-gatehouse-workload': 'key-only' }
    const body = fresh()
    expect((await callCached(suite, CHAT, body, headers)).cache).toBe('miss')
    expect((await callWith(mate, body, headers)).cache).toBe('miss')
    expect((await callCached(suite, CHAT, body, headers)).cache).toBe('hit')
  })
})

test('a key that may not use the model gets nothing, although the answer is kept', async () => {
  const body = fresh()
  expect((await callCached(suite, CHAT, body)).cache).toBe('miss')
  const key = await keyOf({ modelIds: [suite.catalog.models['sandbox-claude']] })
  const refused = await callWith(key, body)
  expect([refused.status, refused.cache]).toEqual([403, null])
})

test('a body that names a field twice cannot put its answer in another’s place', async () => {
  const honest = `honest ${newId()}`
  const planted = `planted ${newId()}`
  const messages = (text: string) => `"messages":[{"role":"user","content":"Repeat: ${text}"}]`
  const twofold = `{"model":"sandbox-gpt",${messages(planted)},${messages(honest)}}`
  const poison = await callCached(suite, CHAT, twofold)
  expect([poison.status, poison.cache]).toEqual([200, 'miss'])
  // What is kept is the answer to what was read: the provider was sent nothing else.
  const victim = await callCached(suite, CHAT, `{"model":"sandbox-gpt",${messages(honest)}}`)
  expect(victim.cache).toBe('hit')
  expect(victim.text).not.toContain('planted')
  const seen = await (await fetch(`${suite.sandbox.url}/control/requests`)).text()
  expect(seen).not.toContain(planted)
})
