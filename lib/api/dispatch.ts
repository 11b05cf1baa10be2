import { z } from 'zod'
import { newId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import type { Operation, OperationCall } from '#lib/platform/operation.ts'
import { API_ROOT } from './api-root.ts'
import { authenticate, NO_ORGANIZATION } from './authenticate.ts'
import { type FoundOperation, findOperation, MethodNotAllowed } from './find-operation.ts'
import { type Answer, idempotencyKeyOf, runOnce } from './idempotency.ts'
import { answerHeaders, problemOf, problemResponse } from './problem.ts'
import { makeRateLimit, RateLimited, REQUESTS_PER_MINUTE } from './rate-limit.ts'
import { readBody, readQuery } from './read-request.ts'
import { operations } from './registry.ts'

const NO_QUERY = z.strictObject({})
const REQUEST_ID = /^[\w-]{8,64}$/

export interface DispatchOptions {
  operations?: readonly Operation[]
  rateLimit?: (caller: string) => Promise<void>
}

const defaultRateLimit = makeRateLimit(REQUESTS_PER_MINUTE)

/** Answers one request to the REST API. Never throws: every refusal and every defect becomes a problem. */
export async function dispatch(request: Request, options: DispatchOptions = {}): Promise<Response> {
  const url = new URL(request.url)
  const given = request.headers.get('x-request-id')
  const requestId = given && REQUEST_ID.test(given) ? given : newId()
  try {
    const ctx = await authenticate(request, requestId)
    await (options.rateLimit ?? defaultRateLimit)(`${ctx.organizationId}:${ctx.actor.kind}:${ctx.actor.id}`)
    const path = url.pathname.slice(API_ROOT.length)
    const found = findOperation(options.operations ?? operations, request.method, path)
    return await answer(request, url, ctx, found)
  } catch (error) {
    return problemResponse(problemOf(error, { path: url.pathname, requestId }), headersOf(error))
  }
}

async function answer(request: Request, url: URL, ctx: Context, found: FoundOperation): Promise<Response> {
  const { operation, params } = found
  if (ctx.organizationId === NO_ORGANIZATION && operation.path !== '/organizations') {
    throw conflict('There is no organization yet. Create the first with POST /api/v1/organizations, or in the browser.')
  }
  if (operation.permission) requirePermission(ctx, operation.permission)
  const body = await readBody(request, operation.maxBodyBytes)
  parseInput(operation.body ?? NO_QUERY, body.json)
  const query = parseInput(operation.query ?? NO_QUERY, readQuery(url.searchParams))
  const call = { params, query, body: operation.body ? body.json : undefined }
  if (operation.mediaType) return withMediaType(await operation.run({ ...call, ctx }), operation, ctx)
  const run = async (inner: Context) => toAnswer(operation, { ...call, ctx: inner })
  const key = request.method === 'POST' ? idempotencyKeyOf(request.headers) : null
  if (key === null) return toResponse(await run(ctx), request, ctx)
  // Organizations are made above them: the caller's changes as soon as the first exists.
  const owner = operation.path === '/organizations' ? { ...ctx, organizationId: NO_ORGANIZATION } : ctx
  const given = await runOnce(owner, key, `POST ${url.pathname}${url.search}\n${body.text}`, run)
  return toResponse(given, request, ctx, given.replayed ? { 'idempotency-replayed': 'true' } : {})
}

/** Runs the operation. Outside production an answer that breaks its own contract is a defect, not an answer. */
async function toAnswer(operation: Operation, call: OperationCall): Promise<Answer> {
  const body = JSON.stringify((await operation.run(call)) ?? null)
  if (process.env.NODE_ENV !== 'production') {
    const checked = operation.response.safeParse(JSON.parse(body))
    if (!checked.success) {
      throw new Error(`${operation.method} ${operation.path} answers against its contract: ${checked.error.message}`)
    }
  }
  return { status: operation.status ?? 200, body }
}

function toResponse(answer: Answer, request: Request, ctx: Context, headers: Record<string, string> = {}): Response {
  const empty = answer.status === 204 || request.method === 'HEAD'
  return new Response(empty ? null : answer.body, {
    status: answer.status,
    headers: { ...answerHeaders(ctx.requestId), 'content-type': 'application/json', ...headers },
  })
}

/** An answer that is not JSON: the operation gives its text, bytes, a stream, or a whole Response. */
function withMediaType(result: unknown, operation: Operation, ctx: Context): Response {
  const made = result instanceof Response ? result : new Response(result as BodyInit)
  const headers = new Headers(made.headers)
  for (const [name, value] of Object.entries(answerHeaders(ctx.requestId))) headers.set(name, value)
  if (!(result instanceof Response)) headers.set('content-type', operation.mediaType ?? 'application/octet-stream')
  return new Response(made.body, { status: made.status, headers })
}

function headersOf(error: unknown): Record<string, string> {
  if (error instanceof MethodNotAllowed) return { allow: error.allow }
  if (error instanceof DomainError && error.kind === 'unauthenticated') return { 'www-authenticate': 'Bearer' }
  if (error instanceof RateLimited) return { 'retry-after': String(error.retryAfterSeconds) }
  return {}
}
