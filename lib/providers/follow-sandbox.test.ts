import { expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { env } from '#lib/platform/env.ts'
import { makeOrganization } from '#test/organization.ts'
import { createProvider } from './create-provider.ts'
import { followSandbox } from './follow-sandbox.ts'
import { getProvider } from './queries.ts'

test('the demonstration follows its sandbox to another port; every other provider stays', async () => {
  const { system } = databases()
  const demo = await makeOrganization()
  const real = await makeOrganization()
  await system.organization.update({ where: { id: demo.id }, data: { demo: true } })
  const old = { name: 'Sandbox', kind: 'sandbox', baseUrl: 'http://127.0.0.1:1', allowPrivateNetwork: true }
  const moves = await createProvider({ ctx: demo.admin, input: old })
  const stays = await createProvider({ ctx: real.admin, input: old })
  expect(await followSandbox()).toBeGreaterThanOrEqual(1)
  expect((await getProvider(demo.admin, moves.id)).baseUrl).toBe(`http://127.0.0.1:${env().SANDBOX_PORT}`)
  expect((await getProvider(real.admin, stays.id)).baseUrl).toBe(old.baseUrl)
  expect(await system.auditEntry.count({ where: { subjectId: moves.id, action: 'provider.updated' } })).toBe(1)
  expect(await followSandbox()).toBe(0)
})
