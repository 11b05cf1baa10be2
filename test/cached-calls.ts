import { createCachePolicy } from '#lib/cache/create-policy.ts'
import type { CachePolicyDto } from '#lib/cache/schema.ts'
import type { GovernedSuite } from './governed-suite.ts'

/** Makes a cache policy for a suite's organization, in force on its gateway; the whole organization unless told. */
export async function turnCacheOn(suite: GovernedSuite, input: Record<string, unknown> = {}): Promise<CachePolicyDto> {
  const policy = await createCachePolicy({
    ctx: suite.org.admin,
    input: { name: 'Test cache', scope: 'organization', shared: false, ...input },
  })
  await suite.gateway.admin('POST', '/sync')
  return policy
}

/** How many calls have reached the suite's provider. */
export async function providerCalls(suite: GovernedSuite): Promise<number> {
  const answer = await fetch(`${suite.sandbox.url}/control/stats`)
  return ((await answer.json()) as { requests: number }).requests
}

export interface Cached {
  status: number
  cache: string | null
  age: string | null
  text: string
  headers: Headers
}

/** Posts a request and reads all of its answer. */
export async function callCached(
  suite: GovernedSuite,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Cached> {
  return readCached(await suite.post(path, body, headers))
}

/** Reads all of an answer, with what it says of the cache. */
export async function readCached(answer: Response): Promise<Cached> {
  const { status, headers } = answer
  const text = await answer.text()
  return { status, cache: headers.get('x-gatehouse-cache'), age: headers.get('age'), text, headers }
}
