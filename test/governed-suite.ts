import { issueKey } from '#lib/keys/issue-key.ts'
import { databases } from '#lib/platform/database.ts'
import type { RequestEvent } from '#prisma/generated/client.ts'
import { type Sandbox, startSandbox } from '#sandbox/server.ts'
import { publishSandboxCatalog, type SandboxCatalog } from './catalog.ts'
import { startGateway, type TestGateway, until } from './gateway.ts'
import { makeOrganization, type TestOrganization } from './organization.ts'

export interface GovernedSuite {
  org: TestOrganization
  catalog: SandboxCatalog
  sandbox: Sandbox
  gateway: TestGateway
  /** A key that may call everything. */
  key: string
  /** A further key, with limits of its own. */
  issue(input?: Record<string, unknown>): Promise<{ id: string; key: string }>
  /** Posts JSON (or raw text) to the gateway with the suite's key. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  stop(): Promise<void>
}

/** What a suite of the gateway needs: an organization with a catalog, a sandbox provider, a gateway, a key. */
export async function startGovernedSuite(env: Record<string, string> = {}): Promise<GovernedSuite> {
  const sandbox = await startSandbox({ port: 0 })
  const org = await makeOrganization()
  const catalog = await publishSandboxCatalog(org, { url: sandbox.url })
  const issue: GovernedSuite['issue'] = input =>
    issueKey({ ctx: org.admin, input: { name: 'suite', teamId: org.teamId, ...input } })
  const { key } = await issue()
  const gateway = await startGateway({ env })
  return {
    org,
    catalog,
    sandbox,
    gateway,
    key,
    issue,
    post: (path, body, headers = {}) => postJson(gateway.url + path, key, body, headers),
    stop: async () => {
      await gateway.stop()
      await sandbox.close()
    },
  }
}

/** Posts JSON, or text as it is, with a key. */
export function postJson(
  url: string,
  key: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** The event of an answered request, once it is shipped. */
export async function eventOf(answer: { headers: Headers } | string): Promise<RequestEvent> {
  const id = typeof answer === 'string' ? answer : answer.headers.get('x-request-id')
  if (!id) throw new Error('the answer has no request id')
  return until('the event is shipped', () => databases().system.requestEvent.findFirst({ where: { id } }))
}
