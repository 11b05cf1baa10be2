import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite
beforeAll(async () => {
  suite = await startGovernedSuite()
})
afterAll(() => suite?.stop())

const ask = () =>
  suite.post('/v1/chat/completions', { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hello' }] })

test.each(['budget', 'rate_limit'])('a %s that cannot be read lets nothing through until it is mended', async kind => {
  const id = newId()
  const publish = async (deleted: boolean) => {
    await databases().system.$queryRaw`
      select publish_config(${suite.org.id}::uuid, ${kind}, ${id}::uuid, '{"limit":"much"}'::jsonb, ${deleted})::text`
    await suite.gateway.admin('POST', '/sync')
  }
  expect((await ask()).status).toBe(200)
  await publish(false)
  const refused = await ask()
  expect(refused.status).toBe(503)
  expect(await refused.json()).toMatchObject({ error: { code: 'limit_unavailable' } })
  await publish(true)
  expect((await ask()).status).toBe(200)
})
