import { z } from 'zod'
import { FaultRuleInput, type FaultRules } from './fault-rules.ts'
import type { RequestLog } from './request-log.ts'

export type ControlAnswer = { status: number; body: unknown }
type ControlRequest = { method: string; url: URL; body: string }

/**
 * The control endpoints, for tests, drills and demonstrations:
 * `POST /control/faults` adds a rule, `GET` lists them, `DELETE` ends them all (or `/control/faults/{id}` one);
 * `GET /control/stats` (also `?requestId=…`) counts what arrived, `DELETE` starts over;
 * `GET /control/requests` shows the last requests as they arrived.
 */
export function control(request: ControlRequest, rules: FaultRules, log: RequestLog): ControlAnswer {
  const { method, url } = request
  const [, , resource, id, ...rest] = url.pathname.split('/')
  if (rest.length > 0) return notFound(request)
  if (resource === 'faults') return faults(request, id, rules)
  if (id !== undefined) return notFound(request)
  if (resource === 'stats' && method === 'GET')
    return { status: 200, body: log.stats(url.searchParams.get('requestId')) }
  if (resource === 'stats' && method === 'DELETE') {
    log.reset()
    return { status: 204, body: null }
  }
  if (resource === 'requests' && method === 'GET') return { status: 200, body: { data: log.recent() } }
  return notFound(request)
}

function faults(request: ControlRequest, id: string | undefined, rules: FaultRules): ControlAnswer {
  const { method, body } = request
  if (id !== undefined) {
    return method === 'DELETE' && rules.remove(id) ? { status: 204, body: null } : notFound(request)
  }
  if (method === 'GET') return { status: 200, body: { data: rules.list() } }
  if (method === 'POST') return addRule(body, rules)
  if (method !== 'DELETE') return notFound(request)
  rules.clear()
  return { status: 204, body: null }
}

function addRule(text: string, rules: FaultRules): ControlAnswer {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { status: 400, body: { error: 'The body is not JSON.' } }
  }
  const parsed = FaultRuleInput.safeParse(body)
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } }
  return { status: 201, body: rules.add(parsed.data) }
}

function notFound({ method, url }: ControlRequest): ControlAnswer {
  return { status: 404, body: { error: `There is no ${method} ${url.pathname}.` } }
}
