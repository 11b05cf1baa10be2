import type { Candidate, Exchange } from '#gateway/exchange.ts'
import type { AttemptResult } from './attempt-result.ts'

const REFUSALS: ReadonlySet<number> = new Set([400, 422])

/**
 * Whether a provider refused a stream only because it was asked for its usage (`stream_options.include_usage`), which
 * Mistral and older servers do not know. What the client asks for besides is its own affair.
 */
export function refusesUsageOption(exchange: Exchange, candidate: Candidate, result: AttemptResult): boolean {
  if (result.kind !== 'answer' || !REFUSALS.has(result.status)) return false
  if (candidate.provider.document.kind !== 'openai_compatible') return false
  const { streaming, upstream, translation, body } = exchange
  if (!streaming || !upstream.usageOnRequest || exchange.clientGone) return false
  const asked = translation ? {} : ((body.stream_options ?? {}) as Record<string, unknown>)
  if (Object.keys(asked).some(name => name !== 'include_usage')) return false
  return /stream_options|include_usage/.test(result.body.toString('utf8'))
}
