import { UnknownContentError } from '#core/translation/answer-fields.ts'
import { type Exchange, evidenceText } from '#gateway/exchange.ts'
import { errorFields } from '#gateway/log.ts'
import { CredentialError } from '#gateway/providers/authorization/authorizer.ts'
import { Refusal } from '#gateway/refusal.ts'
import { ContentEncodingError } from './content-decoder.ts'

/** The code of an answer that was read, and that the client's dialect cannot hold: trying again would not help. */
export const UNTRANSLATABLE_ANSWER = 'untranslatable_answer'

/** The code of an answer beyond what is held of one. */
export const TOO_LARGE_ANSWER = 'upstream_too_large'

/** The code of a whole answer where a stream was asked for: the provider would charge for another one. */
export const NOT_STREAMED = 'upstream_not_streamed'

/** The code of an answer that sends the caller elsewhere, which is never followed. */
export const REDIRECTED = 'upstream_redirected'

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'])

/** What to tell the client of a call that ended without an answer. */
export function upstreamFailure(error: unknown, exchange: Exchange): Refusal {
  const { code } = errorFields(error)
  const name = exchange.served?.provider.document.name ?? 'the provider'
  const options = { outcome: 'upstream_error', rule: 'upstream' } as const
  if (code === 'FORBIDDEN_ADDRESS') {
    const words = `${name} is at an address that providers may not have. A person can allow private networks for it.`
    return new Refusal(502, 'forbidden_upstream_address', words, options)
  }
  if (error instanceof CredentialError) {
    const refused = error.code === 'CREDENTIAL_REFUSED'
    const words = `${name} cannot be called: ${error.message}. An administrator can test its connection.`
    const kind = refused ? 'provider_credential_refused' : 'provider_credential_unavailable'
    return new Refusal(refused ? 502 : 503, kind, words, { ...options, rule: 'provider:credential' })
  }
  if (code !== null && TIMEOUTS.has(code)) {
    const what = code === 'UND_ERR_BODY_TIMEOUT' ? 'fell silent in the middle of its answer' : 'did not answer in time'
    return new Refusal(504, 'upstream_timeout', `${name} ${what}. Try again.`, options)
  }
  if (error instanceof ContentEncodingError) return error.incomplete ? incomplete(exchange) : malformed(exchange)
  if (code?.startsWith('HPE_')) return malformed(exchange)
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new Refusal(502, TOO_LARGE_ANSWER, `${name} answered with more than this gateway takes.`, options)
  }
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE') {
    return new Refusal(502, 'upstream_cut', `${name} closed the connection before its answer was complete.`, options)
  }
  return new Refusal(502, 'upstream_unreachable', `${name} could not be reached. Try again.`, options)
}

/** The refusal for an answer that could not be read or translated. */
export function unreadable(exchange: Exchange, error: unknown): Refusal {
  if (!(error instanceof UnknownContentError)) return malformed(exchange)
  const name = exchange.served?.provider.document.name ?? 'the provider'
  const what = evidenceText(error.content, 64) || 'without a type'
  const words = `${name} answered with content (${what}) that this path has no place for. Use the model's own dialect.`
  return new Refusal(502, UNTRANSLATABLE_ANSWER, words, { outcome: 'upstream_error', rule: 'translation' })
}

/** The refusal for an answer that is not of its dialect. */
export function malformed(exchange: Exchange): Refusal {
  const name = exchange.served?.provider.document.name ?? 'the provider'
  const words = `${name} sent an answer that cannot be read.`
  return new Refusal(502, 'upstream_malformed', words, { outcome: 'upstream_error', rule: 'upstream' })
}

/** The refusal for a whole answer where a stream was asked for: clients that wait for events would take it for none. */
export function notStreamed(exchange: Exchange): Refusal {
  const name = exchange.served?.provider.document.name ?? 'the provider'
  const words = `${name} was asked for a stream and answered with a whole answer. Ask without "stream".`
  return new Refusal(502, NOT_STREAMED, words, { outcome: 'upstream_error', rule: 'upstream' })
}

/** The refusal for a redirect: whoever is there was approved by nobody. */
export function redirected(exchange: Exchange): Refusal {
  const name = exchange.served?.provider.document.name ?? 'the provider'
  const words = `${name} answered with a redirect, which is not followed. An administrator can correct its address.`
  return new Refusal(502, REDIRECTED, words, { outcome: 'upstream_error', rule: 'upstream' })
}

/** The refusal for a stream that ended before its last event. */
export function incomplete(exchange: Exchange): Refusal {
  const name = exchange.served?.provider.document.name ?? 'the provider'
  const words = `${name} ended its answer before it was complete.`
  return new Refusal(502, 'upstream_incomplete', words, { outcome: 'upstream_error', rule: 'upstream' })
}
