import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { createProvider } from './create-provider.ts'
import { getProvider } from './queries.ts'
import { testProvider } from './test-provider.ts'

const CREDENTIAL = 'sk-the-secret-of-the-suite-7f3a'

let here: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
})

let count = 0

const create = (change: object = {}) =>
  createProvider({ ctx: here.admin, input: { name: `P${++count}`, kind: 'openai', credential: CREDENTIAL, ...change } })

describe('testing the connection', () => {
  let server: Server
  let gateway: TestGateway
  let base: string
  let answer: { status: number; body: string; headers?: Record<string, string> }
  let seen: { url?: string; authorization?: string }
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen = { url: request.url, authorization: request.headers.authorization }
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    gateway = await startGateway()
    await until('the gateway is known', () =>
      databases().system.gatewayReplica.findFirst({ where: { name: gateway.name } }),
    )
  })
  afterAll(async () => {
    await gateway?.stop()
    server.close()
  })

  const make = () => create({ kind: 'openai_compatible', baseUrl: `${base}/v1`, allowPrivateNetwork: true })
  const run = async (id: string) => testProvider({ ctx: here.admin, input: { id } })

  test('lists the models with the credential, and keeps the result', async () => {
    answer = { status: 200, body: JSON.stringify({ data: [{ id: 'a' }, { id: 'b' }, { no: 1 }] }) }
    const provider = await make()
    expect(await run(provider.id)).toMatchObject({ ok: true, models: ['a', 'b'] })
    expect(seen).toMatchObject({ url: '/v1/models', authorization: `Bearer ${CREDENTIAL}` })
    expect((await getProvider(here.admin, provider.id)).lastTest).toMatchObject({ ok: true })
  })

  test.each([
    [{ status: 401, body: 'internal secret' }, 'credential'],
    [{ status: 302, body: '', headers: { location: 'http://169.254.169.254/' } }, 'redirects'],
    [{ status: 200, body: '<html>internal secret</html>' }, 'no list of models'],
    [{ status: 500, body: 'internal secret' }, 'HTTP 500'],
  ])('%j fails in words, without what the other side said', async (given, words) => {
    answer = given
    const result = await run((await make()).id)
    expect(result).toMatchObject({ ok: false, detail: expect.stringContaining(words), models: [] })
    expect(JSON.stringify(result)).not.toContain('internal secret')
  })
})
