import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { PERMISSIONS } from '#core/permissions.ts'
import { databases } from '#lib/platform/database.ts'
import { ERROR_KINDS } from '#lib/platform/errors.ts'
import { defineOperation } from '#lib/platform/operation.ts'
import { revokeServiceToken } from '#lib/service-tokens/revoke-service-token.ts'
import { callApi, tokenFor } from '#test/api-caller.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { dispatch } from './dispatch.ts'
import { makeRateLimit } from './rate-limit.ts'

vi.hoisted(() => {
  process.env.GATEHOUSE_BOOTSTRAP_TOKEN = 'gh_st_bootstrap_of_the_dispatch_suite_0123456789'
})
const bootstrap = 'gh_st_bootstrap_of_the_dispatch_suite_0123456789'

let here: TestOrganization
let token: string
beforeAll(async () => {
  here = await makeOrganization()
  token = await tokenFor(here.admin, Object.keys(PERMISSIONS))
})

const newKey = () => ({ name: 'ci', teamId: here.teamId })

describe('who calls', () => {
  test('a service token acts in its organization, and its use is noted', async () => {
    const answer = await callApi('POST', '/keys', { token, body: newKey() })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-request-id')).toBeTruthy()
    const used = await databases().system.serviceToken.count({
      where: { organizationId: here.id, lastUsedAt: { not: null } },
    })
    expect(used).toBe(1)
  })

  test.each([
    ['none', {}],
    ['of another scheme', { authorization: 'Basic abc' }],
    ['garbage', { authorization: 'Bearer garbage' }],
    ['a look-alike', { authorization: `Bearer gh_st_${'a'.repeat(12)}_${'b'.repeat(38)}` }],
  ])('without a valid token (%s) it is 401', async (_, headers) => {
    const answer = await callApi('GET', '/keys', { headers })
    expect(answer).toMatchObject({ status: 401, json: { type: '/docs/errors#unauthenticated' } })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('a revoked or expired token is refused at once', async () => {
    const revoked = await tokenFor(here.admin, ['keys.read'])
    const row = await databases().system.serviceToken.findFirstOrThrow({
      where: { organizationId: here.id },
      orderBy: { id: 'desc' },
    })
    expect((await callApi('GET', '/keys', { token: revoked })).status).toBe(200)
    await revokeServiceToken({ ctx: here.admin, input: { id: row.id } })
    expect((await callApi('GET', '/keys', { token: revoked })).status).toBe(401)
    const expired = await tokenFor(here.admin, ['keys.read'])
    await databases().system.serviceToken.updateMany({
      where: { publicId: expired.split('_')[2] ?? '' },
      data: { expiresAt: new Date(0) },
    })
    expect((await callApi('GET', '/keys', { token: expired })).status).toBe(401)
  })

  test('the bootstrap token acts in the organization that is named', async () => {
    const headers = { 'x-gatehouse-organization': here.id }
    expect((await callApi('POST', '/keys', { token: bootstrap, headers, body: newKey() })).status).toBe(201)
    const other = { 'x-gatehouse-organization': 'no-such-organization' }
    expect((await callApi('GET', '/keys', { token: bootstrap, headers: other })).status).toBe(404)
    expect((await callApi('GET', '/keys', { token: bootstrap })).status).toBe(200)
  })

  test('an ordinary token cannot name another organization', async () => {
    const headers = { 'x-gatehouse-organization': (await makeOrganization()).id }
    expect((await callApi('GET', '/keys', { token, headers })).status).toBe(403)
  })

  test('a session may not change anything from another site', async () => {
    const headers = { cookie: 'session=x', 'sec-fetch-site': 'cross-site' }
    expect((await callApi('POST', '/keys', { headers, body: newKey() })).status).toBe(403)
  })
})

describe('what is asked', () => {
  test.each([
    ['GET', '/nothing', undefined, 404],
    ['GET', '/keys/not-an-id', undefined, 404],
    ['GET', '/keys/%zz', undefined, 404],
    ['GET', '/keys/', undefined, 404],
    ['GET', '/keys?surprise=1', undefined, 422],
    ['GET', '/keys?limit=0', undefined, 422],
    ['GET', '/keys?limit=5&limit=6', undefined, 422],
    ['POST', '/keys', '{"name":', 400],
    ['POST', '/keys', '[]', 422],
    ['POST', '/keys', 'null', 422],
    ['POST', '/keys', '{"name":"a\\u0000b"}', 400],
    ['POST', '/keys', '['.repeat(100_000), 400],
    ['POST', '/keys', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400],
    ['POST', '/keys', `"${'x'.repeat(1_048_576)}"`, 413],
  ] as const)('%s %s with a body of %.30s is %i', async (method, path, text, status) => {
    const answer = await callApi(method, path, { token, ...(text === undefined ? {} : { text }) })
    expect(answer.status).toBe(status)
    expect(answer.json).toMatchObject({ status, instance: expect.stringContaining('/api/v1/') })
  })

  test('a method the path does not take is 405 and says which it takes', async () => {
    const answer = await callApi('DELETE', '/keys', { token })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, POST')
  })

  test('a body that is not JSON by its type is 415', async () => {
    const headers = { 'content-type': 'text/plain' }
    expect((await callApi('POST', '/keys', { token, text: '{}', headers })).status).toBe(415)
  })

  test('every wrong field is named', async () => {
    const answer = await callApi('POST', '/keys', { token, body: { teamId: 'x', surprise: 1 } })
    const fields = (answer.json.errors as { field: string }[]).map(error => error.field)
    expect(answer.status).toBe(422)
    expect(fields).toEqual(expect.arrayContaining(['name', 'teamId']))
  })
})

describe('an idempotency key', () => {
  const headers = (key: string) => ({ 'idempotency-key': key })

  test('makes one organization, whichever the bootstrap token stands in when it asks again', async () => {
    const elsewhere = await makeOrganization()
    const body = { name: 'Founded once', teamName: 'Platform' }
    const found = (organization: string) =>
      callApi('POST', '/organizations', {
        token: bootstrap,
        body,
        headers: { ...headers('found-once'), 'x-gatehouse-organization': organization },
      })
    const [first, again] = [await found(here.id), await found(elsewhere.id)]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.json.id).toBe(first.json.id)
  })

  test('gives the first answer again, secret included, which is stored sealed', async () => {
    const first = await callApi('POST', '/keys', { token, body: newKey(), headers: headers('again') })
    const again = await callApi('POST', '/keys', { token, body: newKey(), headers: headers('again') })
    expect(again.text).toBe(first.text)
    expect(again.status).toBe(201)
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    const record = await databases().system.idempotencyRecord.findFirstOrThrow({
      where: { organizationId: here.id, key: 'again' },
    })
    expect(record.body).not.toContain(String(first.json.key))
  })

  test('with another body is refused', async () => {
    await callApi('POST', '/keys', { token, body: newKey(), headers: headers('other') })
    const other = await callApi('POST', '/keys', { token, body: { ...newKey(), name: 'b' }, headers: headers('other') })
    expect(other).toMatchObject({ status: 409, json: { type: '/docs/errors#idempotency_mismatch' } })
  })

  test('sent many times at once runs once', async () => {
    const body = { ...newKey(), name: 'at once' }
    const send = () => callApi('POST', '/keys', { token, body, headers: headers('at-once') })
    const answers = await Promise.all(Array.from({ length: 4 }, send))
    expect(new Set(answers.map(answer => answer.text)).size).toBe(1)
    expect(await databases().system.apiKey.count({ where: { organizationId: here.id, name: 'at once' } })).toBe(1)
  })

  test('of another caller is another key, and after a day it is free', async () => {
    const second = await tokenFor(here.admin, Object.keys(PERMISSIONS))
    const send = (caller: string) =>
      callApi('POST', '/keys', { token: caller, body: newKey(), headers: headers('mine') })
    const first = await send(token)
    expect((await send(second)).json.id).not.toBe(first.json.id)
    await databases().system.idempotencyRecord.updateMany({
      where: { organizationId: here.id },
      data: { createdAt: new Date(Date.now() - 86_400_001) },
    })
    expect((await send(token)).json.id).not.toBe(first.json.id)
  })

  test('keeps no refusal: the same key works once the input is right', async () => {
    const bad = { ...newKey(), expiresInDays: 700 }
    expect((await callApi('POST', '/keys', { token, body: bad, headers: headers('retry') })).status).toBe(422)
    expect((await callApi('POST', '/keys', { token, body: newKey(), headers: headers('retry') })).status).toBe(201)
  })

  test('must be visible ASCII', async () => {
    const answer = await callApi('POST', '/keys', { token, body: newKey(), headers: headers('a b') })
    expect(answer.status).toBe(400)
  })
})

describe('on our side', () => {
  const broken = (run: () => Promise<unknown>) => [
    defineOperation({
      method: 'GET' as const,
      path: '/broken',
      summary: 'Breaks',
      permission: null,
      response: z.strictObject({ fine: z.boolean() }),
      run,
    }),
  ]
  const ask = async (run: () => Promise<unknown>) => {
    const request = new Request('http://127.0.0.1/api/v1/broken', { headers: { authorization: `Bearer ${token}` } })
    return dispatch(request, { operations: broken(run) })
  }

  test('a defect is a 500 that tells nothing of the inside', async () => {
    const response = await ask(() => Promise.reject(new Error('password=hunter2 at 10.0.0.1')))
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toContain('hunter2')
    expect(text).toContain('requestId')
  })

  test('an answer against its contract is a defect, not an answer', async () => {
    expect((await ask(async () => ({ fine: true }))).status).toBe(200)
    expect((await ask(async () => ({ fine: true, secret: 'x' }))).status).toBe(500)
  })

  test('too many requests are told when to go on', async () => {
    const rateLimit = makeRateLimit(1)
    const request = () => new Request('http://127.0.0.1/api/v1/keys', { headers: { authorization: `Bearer ${token}` } })
    expect((await dispatch(request(), { rateLimit })).status).toBe(200)
    const refused = await dispatch(request(), { rateLimit })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

test('every kind of refusal is explained where its problem document leads', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/errors.md'), 'utf8')
  const explained = [...page.matchAll(/^## (\w+)\n\n(\d{3})\./gm)].map(([, kind, status]) => [kind, Number(status)])
  const kinds = Object.entries(ERROR_KINDS).map(([kind, { status }]) => [kind, status] as const)
  expect(explained.toSorted()).toEqual([...kinds, ['unexpected', 500]].toSorted())
})
