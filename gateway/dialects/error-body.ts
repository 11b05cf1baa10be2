import type { Exchange } from '#gateway/exchange.ts'
import type { Family } from '#gateway/operations.ts'
import type { Refusal } from '#gateway/refusal.ts'

const OPENAI_TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'budget_exceeded',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
}

/** Error types of the Anthropic API, by status. */
const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

/**
 * The body of an error that the gateway makes, in the shape that the clients of that family read.
 *
 * @param portal where people reach the portal, so that the error can lead to what explains it; undefined: not known
 */
export function errorBody(family: Family, refusal: Refusal, requestId: string, portal: string | undefined): Buffer {
  return Buffer.from(JSON.stringify(errorObject(family, refusal, requestId, portal)))
}

/** The same for a request on its way. */
export function refusalBody({ operation, id, services }: Exchange, refusal: Refusal): Buffer {
  return errorBody(operation.family, refusal, id, services.environment.GATEHOUSE_PUBLIC_URL)
}

/**
 * The event that ends a stream which cannot go on: clients of the dialect raise it as an error, so that no one
 * takes a part for the whole.
 */
export function errorEvent({ operation, id, nextEvent, services }: Exchange, refusal: Refusal): Buffer {
  if (operation.name === 'responses') {
    const { code, message, param } = refusal
    const data = { type: 'error', sequence_number: nextEvent, code, message, param }
    return Buffer.from(`event: error\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const json = JSON.stringify(errorObject(operation.family, refusal, id, services.environment.GATEHOUSE_PUBLIC_URL))
  return Buffer.from(operation.family === 'anthropic' ? `event: error\ndata: ${json}\n\n` : `data: ${json}\n\n`)
}

function errorObject(family: Family, refusal: Refusal, requestId: string, portal: string | undefined): unknown {
  const { status, code, message, param, rule } = refusal
  const gatehouse = { rule, request_id: requestId, docs: `${portal ?? ''}/docs/errors#${code}` }
  if (family === 'anthropic') {
    const type = ANTHROPIC_TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error')
    return { type: 'error', error: { type, message, code, param, gatehouse }, request_id: requestId }
  }
  const type = OPENAI_TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error')
  return { error: { message, type, code, param, gatehouse } }
}
