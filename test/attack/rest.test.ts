import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { PERMISSIONS } from '#core/permissions.ts'
import { operations } from '#lib/api/registry.ts'
import { callApi, tokenFor } from '#test/api-caller.ts'
import { makeOrganization } from '#test/organization.ts'
import { nameOf, refusalOf, send } from './attack-request.ts'
import { fieldsOf, takesIds } from './sample-input.ts'
import { makeVictim, type Victim } from './victim.ts'

/** Replicas are the installation's and belong to no organization. */
const WITHOUT_OWNER = new Set(['/gateway/replicas/{id}'])

let victim: Victim
let foreignToken: string
beforeAll(async () => {
  victim = await makeVictim()
  foreignToken = await tokenFor((await makeOrganization()).admin, Object.keys(PERMISSIONS))
})

const idOf = (field: string) => victim.ids[field.replace(/s$/, '')] ?? newId()
const cases = operations.map(operation => [nameOf(operation), operation] as const)
const onRecords = cases.filter(([, operation]) => operation.path.includes('{'))
const onLists = cases.filter(([, operation]) => !operation.path.includes('{'))

describe.each(cases)('%s', (_, operation) => {
  test.each([
    ['without a token', null, 401],
    ['with a made-up token', `gh_st_${'A'.repeat(12)}_${'B'.repeat(38)}`, 401],
  ] as const)('%s is refused the same whatever exists', async (_, token, status) => {
    const real = await send(operation, { token, id: idOf('keyId'), idOf })
    const none = await send(operation, { token, id: newId(), idOf: newId })
    expect(real.status).toBe(status)
    expect(refusalOf(real)).toBe(refusalOf(none))
  })
})

describe.each(cases.filter(([, operation]) => operation.permission))('without the permission, %s', (_, operation) => {
  test('is refused the same whatever exists', async () => {
    const refusals = new Set<string>()
    for (const id of [...Object.values(victim.ids), newId()]) {
      const answer = await send(operation, { token: victim.weakToken, id, idOf })
      expect(answer.status).toBe(403)
      refusals.add(refusalOf(answer))
    }
    expect(refusals.size).toBe(1)
  })
})

describe.each(onRecords)('from another organization, %s', (_, operation) => {
  test('finds nothing, in the same words as for what does not exist', async () => {
    const before = await victim.fingerprint()
    const none = await send(operation, { token: foreignToken, id: newId(), idOf: newId })
    expect([403, 404]).toContain(none.status)
    for (const id of Object.values(victim.ids)) {
      const answer = await send(operation, { token: foreignToken, id, idOf })
      expect(refusalOf(answer)).toBe(refusalOf(none))
    }
    expect(await victim.fingerprint()).toBe(before)
  })
})

const readable = onRecords.filter(
  ([, { method, path }]) => method === 'GET' && path.endsWith('{id}') && !WITHOUT_OWNER.has(path),
)

test.each(readable)('%s finds something when the owner asks, so the attack has an aim', async (_, operation) => {
  const answers = await Promise.all(
    Object.values(victim.ids).map(id => send(operation, { token: victim.token, id, idOf })),
  )
  expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
})

describe.each(onLists)('from another organization, %s', (_, operation) => {
  test('shows nothing of it and changes nothing in it', async () => {
    const before = await victim.fingerprint()
    const filters = operation.query ? fieldsOf(operation.query).filter(field => victim.ids[field]) : []
    for (const query of ['', ...filters.map(field => `?${field}=${victim.ids[field]}`)]) {
      const answer = await send(operation, { token: foreignToken, id: '', idOf, query })
      expect(answer.status).toBeLessThan(500)
      expect(answer.text).not.toContain(victim.marker)
      if (answer.status < 300) for (const id of Object.values(victim.ids)) expect(answer.text).not.toContain(id)
    }
    expect(await victim.fingerprint()).toBe(before)
  })
})

const takingIds = onLists.filter(([, { body }]) => body && takesIds(body))

test.each(takingIds)('%s refuses ids of another organization like ids of nothing', async (_, operation) => {
  const real = await send(operation, { token: foreignToken, id: '', idOf })
  const none = await send(operation, { token: foreignToken, id: '', idOf: newId })
  expect([403, 404, 422]).toContain(real.status)
  expect(refusalOf(real)).toBe(refusalOf(none))
})

test('a header cannot move a token into another organization', async () => {
  const name = (organization: string) =>
    callApi('GET', '/keys', { token: foreignToken, headers: { 'x-gatehouse-organization': organization } })
  const [real, none] = [await name(victim.organizationId), await name(newId())]
  expect(real.status).toBe(403)
  expect(refusalOf(real)).toBe(refusalOf(none))
})

test('the victim is still whole', async () => {
  const answer = await callApi('GET', `/keys/${victim.ids.keyId}`, { token: victim.token })
  expect(answer.json).toMatchObject({ state: 'active', name: victim.marker })
})
