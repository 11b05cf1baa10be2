import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DeploymentHealthList } from '#core/contracts/deployment-health.ts'
import type { RequestEvent } from '#core/contracts/request-event.ts'
import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { databases } from '#lib/platform/database.ts'
import { until, untilVersion } from '#test/gateway.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

const SCHEDULES = 100
const AT_ONCE = 4
const WORKLOAD = 'fault-schedules'

const WIRES = [
  { path: '/v1/chat/completions', models: ['sandbox-gpt', 'sandbox-reasoner'], endings: ['data: [DONE]\n\n'] },
  {
    path: '/v1/messages',
    models: ['sandbox-claude'],
    endings: ['event: message_stop\ndata: {"type":"message_stop"}\n\n'],
  },
  {
    path: '/v1/responses',
    models: ['sandbox-gpt'],
    endings: ['"type":"response.completed"', '"type":"response.incomplete"'],
  },
] as const

/** One fault of the sandbox, before or in the middle of an answer. */
const fault = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.constantFrom(400, 401, 404, 429, 500, 502, 503, 529).map(status => `status=${status}`),
  fc.constantFrom(
    'status=429; retry-after=1',
    'overloaded',
    'error-in-200',
    'malformed',
    'latency=400',
    'chunk-delay=2',
  ),
  fc.tuple(fc.constantFrom('cut', 'stall', 'error-in-200'), fc.nat({ max: 6 })).map(([name, at]) => `${name}=${at}`),
  fc.integer({ min: 1, max: 6 }).map(at => `malformed=${at}`),
)
const request = fc.record({
  wire: fc.constantFrom(...WIRES),
  pick: fc.nat({ max: 1 }),
  stream: fc.boolean(),
  /** Milliseconds after which the client leaves; null: it stays. */
  leaveMs: fc.option(fc.integer({ min: 1, max: 300 }), { freq: 4 }),
})
const schedule = fc.record({
  /** Of each provider: what happens to a share of its answers. */
  faults: fc.tuple(fault, fault),
  probability: fc.constantFrom(0.4, 0.8, 1),
  seed: fc.nat({ max: 1_000 }),
  requests: fc.array(request, { minLength: 1, maxLength: 6 }),
})
type Schedule = typeof schedule extends fc.Arbitrary<infer T> ? T : never
type Ask = Schedule['requests'][number]

interface Outcome {
  readonly ask: Ask
  /** Null: the client left before the head came. */
  readonly id: string | null
  readonly status: number | null
  readonly text: string
  readonly whole: boolean
}

let suite: RoutingSuite

beforeAll(async () => {
  suite = await startRoutingSuite({
    GATEWAY_STALL_TIMEOUT_MS: '300',
    GATEWAY_UPSTREAM_TIMEOUT_MS: '1500',
    GATEWAY_CIRCUIT_LEAST_CALLS: '6',
    GATEWAY_CIRCUIT_OPEN_MS: '50',
    GATEWAY_MAX_PAUSE_MS: '200',
  })
  const [a, b] = [suite.catalog.models, suite.other.catalog.models]
  const outage = (...names: string[]) => ({
    substitutes: names.map(name => ({ modelId: b[name] as string, when: ['outage' as const] })),
  })
  await suite.changeModel(a['sandbox-gpt'] as string, outage('sandbox-gpt', 'sandbox-claude'))
  await suite.changeModel(a['sandbox-claude'] as string, outage('sandbox-gpt'))
  await suite.changeModel(a['sandbox-reasoner'] as string, outage('sandbox-claude'))
  const stop = [{ percent: 100, action: 'stop' }]
  const input = { name: 'Schedules', scope: 'workload', target: WORKLOAD, window: { kind: 'month' }, limitUsd: '100' }
  await createBudget({ ctx: suite.org.admin, input: { ...input, thresholds: stop } })
  const { _max } = await databases().system.gatewayConfig.aggregate({ _max: { version: true } })
  await untilVersion(suite.gateway, _max.version ?? 0n)
})
afterAll(() => suite?.stop())

test(`${SCHEDULES} random schedules of faults: nothing cut off in silence, no event lost or doubled, nothing left reserved`, async () => {
  const schedules = fc.sample(schedule, { numRuns: SCHEDULES, seed: 20_261_121 })
  const outcomes: Outcome[] = []
  for (let from = 0; from < SCHEDULES; from += AT_ONCE) {
    const batch = schedules.slice(from, from + AT_ONCE)
    // Schedules of a batch share the providers, so their faults mix, too.
    await Promise.all(batch.map(inject))
    outcomes.push(...(await Promise.all(batch.flatMap(({ requests }) => requests.map(ask)))))
    await suite.healFaults()
    await closeCircuits()
  }
  for (const outcome of outcomes) check(outcome)
  const good = outcomes.filter(one => one.whole && one.status === 200).length
  const left = outcomes.filter(one => !one.whole).length
  process.stderr.write(`${outcomes.length} requests: ${good} with status 200, ${left} left by their client\n`)
  expect(good).toBeGreaterThan(50)
  expect(left).toBeGreaterThan(0)
  await checkEvents(outcomes)
  await checkNothingReserved()
}, 120_000)

async function inject({ faults, probability, seed }: Schedule): Promise<void> {
  for (const [index, sandbox] of [suite.sandbox, suite.other.sandbox].entries()) {
    const text = faults[index]
    if (text) await suite.fault(sandbox, text, { probability, seed, count: 6 })
  }
}

async function ask(asked: Ask): Promise<Outcome> {
  const { wire, pick, stream, leaveMs } = asked
  const model = wire.models[pick % wire.models.length]
  const messages = [{ role: 'user', content: `Schedule ${newId()}` }]
  const prompt = wire.path.endsWith('responses') ? { input: messages, store: false } : { messages, max_tokens: 60 }
  const headers = { authorization: `Bearer ${suite.key}`, 'content-type': 'application/json' }
  let [id, status, text] = [null as string | null, null as number | null, '']
  try {
    const answer = await fetch(suite.gateway.url + wire.path, {
      method: 'POST',
      headers: { ...headers, 'x-gatehouse-workload': WORKLOAD, 'x-stainless-timeout': '10' },
      body: JSON.stringify({ model, stream, ...prompt }),
      signal: leaveMs === null ? AbortSignal.timeout(20_000) : AbortSignal.timeout(leaveMs),
    })
    id = answer.headers.get('x-request-id')
    status = answer.status
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true })
    return { ask: asked, id, status, text, whole: true }
  } catch (error) {
    // Only who left of their own accord may go without an end.
    if (leaveMs === null) throw error
    return { ask: asked, id, status, text, whole: false }
  }
}

/** A stream ends in its dialect's last event or in an explicit error; a whole answer is an answer or an error. */
function check({ ask: { wire, stream }, status, text, whole }: Outcome): void {
  if (!whole) return
  if (!stream || status !== 200) {
    const body = JSON.parse(text) as { error?: unknown }
    expect(Boolean(body.error), text).toBe(status !== 200)
    return
  }
  const frames = text.split('\n\n').filter(frame => frame !== '')
  const last = `${frames.at(-1)}\n\n`
  const isEnd = wire.endings.some(ending => last.includes(ending))
  const isError = /"error"/.test(last)
  expect(isEnd || isError, text.slice(-400)).toBe(true)
  // Nothing is served twice: one beginning, at most one end.
  const ends = frames.filter(frame => wire.endings.some(ending => `${frame}\n\n`.includes(ending)))
  expect(ends.length).toBeLessThanOrEqual(1)
  const begins = frames.filter(frame => /"type":"(message_start|response\.created)"/.test(frame))
  expect(begins.length).toBeLessThanOrEqual(1)
}

/** Every request that the gateway took in has one event, which says what the client saw. */
async function checkEvents(outcomes: readonly Outcome[]): Promise<void> {
  const where = { organizationId: suite.org.id, workload: WORKLOAD }
  const known = new Map(outcomes.flatMap(outcome => (outcome.id === null ? [] : [[outcome.id, outcome] as const])))
  const ids = [...known.keys()]
  const events = await until('every event is there', async () => {
    const found = await databases().system.requestEvent.findMany({ where })
    const seen = new Set(found.map(event => event.id))
    return ids.every(id => seen.has(id)) && found
  })
  expect(new Set(events.map(event => event.id)).size).toBe(events.length)
  expect(events.length).toBeLessThanOrEqual(outcomes.length)
  for (const event of events) {
    const outcome = known.get(event.id)
    if (!outcome?.whole) continue
    expect(event.status).toBe(outcome.status)
    const { attempts } = event.detail as RequestEvent['detail']
    expect(attempts.length).toBeLessThanOrEqual(5)
    if (outcome.status === 200 && !outcome.text.includes('"error"')) expect(event.outcome).toBe('ok')
    if (event.outcome === 'ok') expect(event.usageState).not.toBe('none')
  }
  const tookOver = events.filter(event => (event.detail as RequestEvent['detail']).route?.failedOverFrom)
  expect(tookOver.length).toBeGreaterThan(0)
  expect(events.some(event => event.outcome === 'incomplete')).toBe(true)
}

/** What was reserved has been spent or given back: the budget's period holds what events say, and no lease beside. */
async function checkNothingReserved(): Promise<void> {
  const where = { organizationId: suite.org.id, workload: WORKLOAD }
  const budget = await databases().system.budget.findFirstOrThrow({ where: { organizationId: suite.org.id } })
  await until('the budget is what its events cost', async () => {
    const { _sum } = await databases().system.requestEvent.aggregate({ where, _sum: { costNanoUsd: true } })
    const period = await databases().system.budgetPeriod.findFirst({ where: { budgetId: budget.id } })
    return period && period.spentNanoUsd > 0n && period.spentNanoUsd === (_sum.costNanoUsd ?? 0n)
  })
  await until('no request is under way', async () => {
    const metrics = await (await fetch(`${suite.gateway.url}/metrics`)).text()
    return /^gatehouse_gateway_in_flight_requests 0$/m.test(metrics)
  })
  for (const { url } of [suite.sandbox, suite.other.sandbox]) {
    await until('no stream is left open', async () => {
      const stats = (await (await fetch(`${url}/control/stats`)).json()) as { streams: { open: number } }
      return stats.streams.open === 0
    })
  }
  expect(await suite.gateway.stop()).toBe(0)
  const leases = await databases().system.budgetLease.findMany({ where: { budgetId: budget.id } })
  expect(leases.reduce((sum, lease) => sum + lease.leftNanoUsd, 0n)).toBe(0n)
}

/** No probe is held for ever: with the faults gone, every circuit that is called closes. */
async function closeCircuits(): Promise<void> {
  const names = ['sandbox-gpt', 'sandbox-reasoner', 'sandbox-claude', 'b-sandbox-gpt', 'b-sandbox-claude']
  await until('every circuit is closed', async () => {
    for (const name of names) await (await suite.chat(name)).text()
    const { body } = await suite.gateway.admin('GET', `/deployments?organization=${suite.org.id}`)
    return DeploymentHealthList.parse(body).data.every(({ circuit }) => circuit === 'closed')
  })
}
