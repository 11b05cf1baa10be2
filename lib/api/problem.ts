import { DomainError, ERROR_KINDS, type FieldError } from '#lib/platform/errors.ts'
import { log } from '#lib/platform/log.ts'

/** The body of every refusal (RFC 9457, application/problem+json). */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  requestId: string
  errors: FieldError[]
}

/** Headers every answer of the API carries. */
export function answerHeaders(requestId: string): Record<string, string> {
  return { 'x-request-id': requestId, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
}

/** What went wrong, as a problem. A defect is logged and answered without its internals. */
export function problemOf(error: unknown, request: { path: string; requestId: string }): Problem {
  const place = { instance: request.path, requestId: request.requestId }
  if (error instanceof DomainError) {
    const { status, title } = ERROR_KINDS[error.kind]
    return { type: `/docs/errors#${error.kind}`, title, status, detail: error.message, ...place, errors: error.fields }
  }
  log.error({ ...place, error: error instanceof Error ? error.stack : String(error) }, 'an operation failed')
  return {
    type: '/docs/errors#unexpected',
    title: 'Something went wrong on our side',
    status: 500,
    detail: 'Nothing was changed. Try again, or give the request id to an operator.',
    ...place,
    errors: [],
  }
}

/** A problem as the answer to a request. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { ...answerHeaders(problem.requestId), 'content-type': 'application/problem+json', ...headers },
  })
}
