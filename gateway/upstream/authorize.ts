import type { Exchange } from '#gateway/exchange.ts'
import type { Target } from '#gateway/providers/targets.ts'
import type { Refusal } from '#gateway/refusal.ts'
import type { AttemptResult } from './attempt-result.ts'
import { upstreamFailure } from './upstream-failure.ts'

export interface UpstreamRequest {
  readonly path: string
  readonly headers: readonly string[]
  readonly body: Buffer
}

/**
 * The headers of a request with what proves who calls; the request's own when they are enough. What a provider's
 * issuer of tokens does not give is the provider's failure, and returned as that.
 */
export function authorized(
  exchange: Exchange,
  { authorizer, host }: Target,
  { path, headers, body }: UpstreamRequest,
): readonly string[] | Promise<readonly string[] | Refusal> {
  if (authorizer === null) return headers
  const proof = authorizer.authorize({ method: 'POST', host, path, body })
  if (!(proof instanceof Promise)) return [...headers, ...proof]
  return proof.then(
    added => [...headers, ...added],
    error => upstreamFailure(error, exchange),
  )
}

/** Whether the provider may have refused a token only because it is too old; asked once a request. */
export function isStale(exchange: Exchange, { authorizer }: Target, result: AttemptResult): boolean {
  if (authorizer === null || result.kind !== 'answer' || exchange.renewedCredential || exchange.clientGone) return false
  return authorizer.isStale(result.status, String(result.headers['x-amzn-errortype'] ?? ''))
}

/** Gets another token; true when the call may be made again with it. */
export async function renewCredential(exchange: Exchange, { authorizer }: Target): Promise<boolean> {
  exchange.renewedCredential = true
  const began = performance.now()
  const renewed = await authorizer?.renew().then(
    () => true,
    () => false,
  )
  exchange.upstreamMs += performance.now() - began
  return renewed === true && !exchange.clientGone
}
