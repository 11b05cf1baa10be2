import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { operations } from '#lib/api/registry.ts'
import { callApi } from '#test/api-caller.ts'
import { bodyFor, nameOf } from './attack-request.ts'
import { makeVictim, type Victim } from './victim.ts'

let victim: Victim
beforeAll(async () => {
  victim = await makeVictim()
})

const idOf = (field: string) => victim.ids[field.replace(/s$/, '')] ?? newId()
const cases = operations.filter(({ body }) => body).map(operation => [nameOf(operation), operation] as const)

/** The same body, with a field that nobody knows in one of its objects: at the top, then in each below it. */
function misspelt(body: object): object[] {
  const below = Object.entries(body).flatMap(([field, value]) => {
    if (Array.isArray(value)) {
      return value.flatMap((one, at) =>
        isObject(one) ? misspelt(one).map(wrong => ({ ...body, [field]: value.with(at, wrong) })) : [],
      )
    }
    return isObject(value) ? misspelt(value).map(wrong => ({ ...body, [field]: wrong })) : []
  })
  return [{ ...body, limit_of_old: 5 }, ...below]
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

describe.each(cases)('%s', (_, operation) => {
  test('refuses a field that nobody knows, and changes nothing', async () => {
    const body = bodyFor(operation, idOf) as object
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => idOf(name))
    const before = await victim.fingerprint()
    for (const wrong of misspelt(body)) {
      const answer = await callApi(operation.method, path, { token: victim.token, body: wrong })
      expect([answer.status, answer.text]).toEqual([422, expect.stringMatching(/limit_of_old/)])
    }
    expect(await victim.fingerprint()).toBe(before)
  })
})
