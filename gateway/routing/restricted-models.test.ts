import { afterAll, beforeAll, expect, test } from 'vitest'
import { FOR_EVERYBODY } from '#core/catalog/only-for.ts'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'
import { untilVersion } from '#test/gateway.ts'
import { eventOf, postJson } from '#test/governed-suite.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

let suite: RoutingSuite
beforeAll(async () => {
  suite = await startRoutingSuite()
})
afterAll(() => suite.stop())

const forUseCases = (...useCases: string[]) => ({ onlyFor: { ...FOR_EVERYBODY, useCases } })
const refusal = async (answer: Response) => {
  const body = (await answer.json()) as { error: { code: string; message: string; gatehouse: { rule: string } } }
  return { status: answer.status, code: body.error.code, rule: body.error.gatehouse.rule, words: body.error.message }
}
const models = () => suite.catalog.models as Record<'sandbox-gpt' | 'sandbox-gpt-mini' | 'sandbox-claude', string>

test('a model for a use case is refused to every other, and to a request that names none', async () => {
  const id = models()['sandbox-gpt']
  await suite.changeModel(id, { lifecycle: 'restricted', ...forUseCases('triage') })
  const refused = await refusal(await suite.chat('sandbox-gpt'))
  expect(refused).toMatchObject({ status: 403, code: 'model_use_restricted', rule: 'model:only_for' })
  expect(refused.words).toContain('x-gatehouse-use-case')
  const other = await suite.chat('sandbox-gpt', {}, { 'x-gatehouse-use-case': 'drafts' })
  expect(await refusal(other)).toMatchObject({ status: 403, code: 'model_use_restricted' })
  expect((await eventOf(other)).errorCode).toBe('model_use_restricted')
  const served = await suite.chat('sandbox-gpt', {}, { 'x-gatehouse-use-case': 'triage' })
  expect(served.status).toBe(200)
  await suite.changeModel(id, { lifecycle: 'approved', onlyFor: FOR_EVERYBODY })
  expect((await suite.chat('sandbox-gpt')).status).toBe(200)
})

test('a model for other teams or workloads is refused, and listed to the teams it is for only', async () => {
  const id = models()['sandbox-gpt']
  const listed = async () => {
    const answer = await fetch(`${suite.gateway.url}/v1/models`, { headers: { authorization: `Bearer ${suite.key}` } })
    return ((await answer.json()) as { data: { id: string }[] }).data.map(one => one.id)
  }
  await suite.changeModel(id, { onlyFor: { ...FOR_EVERYBODY, teamIds: [newId()] } })
  expect(await refusal(await suite.chat('sandbox-gpt'))).toMatchObject({ code: 'model_use_restricted' })
  expect(await listed()).not.toContain('sandbox-gpt')
  await suite.changeModel(id, { onlyFor: { ...FOR_EVERYBODY, teamIds: [suite.org.teamId], workloads: ['claims'] } })
  expect(await listed()).toContain('sandbox-gpt')
  expect(await refusal(await suite.chat('sandbox-gpt'))).toMatchObject({ code: 'model_use_restricted' })
  expect((await suite.chat('sandbox-gpt', {}, { 'x-gatehouse-workload': 'claims' })).status).toBe(200)
  await suite.changeModel(id, { onlyFor: FOR_EVERYBODY })
})

test('a restriction holds for a substitute and for a model of a route, and explain says so', async () => {
  const { 'sandbox-gpt': original, 'sandbox-gpt-mini': mini } = models()
  await suite.changeModel(mini, forUseCases('triage'))
  await suite.changeModel(original, { lifecycle: 'blocked', substitutes: [{ modelId: mini, when: ['outage'] }] })
  expect((await suite.chat('sandbox-gpt')).status).toBe(403)
  const stoodIn = await suite.chat('sandbox-gpt', {}, { 'x-gatehouse-use-case': 'triage' })
  expect([stoodIn.status, stoodIn.headers.get('x-gatehouse-model')]).toEqual([200, 'sandbox-gpt-mini'])
  const explain = (useCase: string | null) => suite.explain({ model: 'sandbox-gpt', teamId: suite.org.teamId, useCase })
  const left = (await explain(null)).candidates.find(one => one.modelId === mini)
  expect(left?.leftOut.map(one => one.code)).toEqual(['use_restricted'])
  expect(await explain('triage')).toMatchObject({ winnerId: mini, refusal: null })
  await suite.changeModel(original, { lifecycle: 'approved', substitutes: [] })
  const route = await suite.route({ callableAs: 'smart', modelIds: [mini] })
  expect(await refusal(await suite.chat('smart'))).toMatchObject({ code: 'model_use_restricted' })
  expect((await suite.chat('smart', {}, { 'x-gatehouse-use-case': 'triage' })).status).toBe(200)
  await suite.withdraw('route', route)
})

test('a restriction that cannot be read keeps the model out', async () => {
  const id = models()['sandbox-gpt-mini']
  const { system } = databases()
  const { doc } = await system.gatewayConfig.findFirstOrThrow({ where: { id } })
  const broken = JSON.stringify({ ...(doc as object), onlyFor: { useCases: 'triage' } })
  const [made] = await system.$queryRaw<{ version: bigint }[]>`
    select publish_config(${suite.org.id}::uuid, 'model', ${id}::uuid, ${broken}::jsonb, false) as version`
  await untilVersion(suite.gateway, made?.version ?? 0n)
  expect((await suite.chat('sandbox-gpt-mini')).status).toBe(404)
  await suite.changeModel(id, { onlyFor: FOR_EVERYBODY })
  expect((await suite.chat('sandbox-gpt-mini')).status).toBe(200)
})

test('a deprecated model answers until its sunset and not after it', async () => {
  const id = models()['sandbox-gpt-mini']
  await suite.changeModel(id, { lifecycle: 'deprecated', sunsetAt: new Date(Date.now() + 3_600_000).toISOString() })
  expect((await suite.chat('sandbox-gpt-mini')).status).toBe(200)
  await suite.changeModel(id, { lifecycle: 'deprecated', sunsetAt: new Date(Date.now() - 1_000).toISOString() })
  const refused = await refusal(await suite.chat('sandbox-gpt-mini'))
  expect(refused).toMatchObject({ status: 403, code: 'model_not_available' })
  expect(refused.words).toContain('was retired on')
})

test('an own model answers production after its sign-off only, and evidence names its version', async () => {
  const id = models()['sandbox-claude']
  const digest = `sha256:${'a'.repeat(64)}`
  const own = { version: '1.2.0', digest, signedOff: false }
  const { key } = await suite.issue({ name: 'production', environment: 'production' })
  const call = (withKey: string) =>
    postJson(`${suite.gateway.url}/v1/messages`, withKey, {
      model: 'sandbox-claude',
      max_tokens: 10,
      messages: [{ role: 'user', content: 'hello' }],
    })
  await suite.changeModel(id, { own })
  const refused = await call(key)
  expect(refused.status).toBe(403)
  expect(await refused.text()).toContain('not signed off for production')
  const answer = await call(suite.key)
  expect(answer.status).toBe(200)
  expect((await eventOf(answer)).modelVersion).toBe(`1.2.0 ${digest}`)
  await suite.changeModel(id, { own: { ...own, signedOff: true } })
  expect((await call(key)).status).toBe(200)
  await suite.changeModel(id, { own: null })
  expect((await eventOf(await call(key))).modelVersion).toBe('sandbox-claude')
})
