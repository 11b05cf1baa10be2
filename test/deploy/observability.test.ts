import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { demandProgram, PROMTOOL } from '#scripts/launch/programs.ts'
import { freePort, until } from '#test/gateway.ts'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const PROMETHEUS = path.join(ROOT, 'deploy/prometheus')
const TOKEN = 'a-token-for-prometheus'
const Dashboard = z.object({
  panels: z.array(
    z.object({ type: z.string(), title: z.string(), targets: z.array(z.object({ expr: z.string() })).optional() }),
  ),
})

let promtool: string
let suite: GovernedSuite
let worker: ChildProcess
let workerPort: number

beforeAll(async () => {
  promtool = demandProgram(PROMTOOL, () => {})
  suite = await startGovernedSuite({ GATEWAY_METRICS_TOKEN: TOKEN })
  workerPort = await freePort()
  const env = { ...process.env, WORKER_PORT: String(workerPort) }
  worker = spawn(process.execPath, ['--conditions=react-server', 'worker/main.ts'], { cwd: ROOT, env, stdio: 'ignore' })
}, 120_000)
afterAll(async () => {
  worker?.kill('SIGKILL')
  await suite?.stop()
})

async function gatewayFigures(): Promise<string> {
  const answer = await fetch(`${suite.gateway.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
  expect(answer.status).toBe(200)
  return answer.text()
}

const workerFigures = () =>
  until('the worker’s figures', async () => {
    const answer = await fetch(`http://127.0.0.1:${workerPort}/metrics`).catch(() => null)
    const text = answer?.ok ? await answer.text() : ''
    return text.includes('gatehouse_worker_jobs_total{') ? text : null
  })

/** Calls of every kind, so that every figure has been told once. */
async function makeTraffic(): Promise<void> {
  const window = { kind: 'month', timeZone: 'UTC' }
  const budget = { name: 'Everything', scope: 'organization', window, limitUsd: '1000', thresholds: [], reason: 'test' }
  await createBudget({ ctx: suite.org.admin, input: budget })
  const call = (body: object) => suite.post('/v1/chat/completions', body).then(answer => answer.arrayBuffer())
  const messages = [{ role: 'user', content: 'mail ada@northwind.example, card 4111 1111 1111 1111' }]
  await call({ model: 'sandbox-gpt', messages })
  await call({ model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hello' }], stream: true })
  await call({ model: 'no-such-model', messages })
}

test('figures need the token that is set', async () => {
  for (const authorization of ['', 'Bearer wrong', TOKEN]) {
    const headers = { authorization }
    expect((await fetch(`${suite.gateway.url}/metrics`, { headers })).status).toBe(401)
  }
})

test('promtool finds nothing wrong with rules, their tests and the example configuration', () => {
  for (const [check, file] of [
    ['rules', 'gatehouse.rules.yaml'],
    ['config', 'prometheus.yaml'],
  ] as const) {
    expect(() => execFileSync(promtool, ['check', check, file], { cwd: PROMETHEUS, stdio: 'pipe' })).not.toThrow()
  }
  expect(() =>
    execFileSync(promtool, ['test', 'rules', 'gatehouse.rules.test.yaml'], { cwd: PROMETHEUS, stdio: 'pipe' }),
  ).not.toThrow()
})

test('every alert has a test', () => {
  const read = (file: string) => readFileSync(path.join(PROMETHEUS, file), 'utf8')
  const alerts = [...read('gatehouse.rules.yaml').matchAll(/alert: (\w+)/g)].map(([, name]) => name)
  const tested = new Set(
    [...read('gatehouse.rules.test.yaml').matchAll(/alertname: (\w+)\n\s+exp_alerts:\n/g)].map(([, name]) => name),
  )
  expect(alerts.length).toBeGreaterThan(15)
  expect(alerts.filter(name => !tested.has(name))).toEqual([])
})

describe('what is told', () => {
  test('is what Prometheus reads, by promtool', async () => {
    await makeTraffic()
    for (const figures of [await gatewayFigures(), await workerFigures()]) {
      const { status, stderr } = spawnSync(promtool, ['check', 'metrics'], { input: figures, encoding: 'utf8' })
      const ours = stderr.split('\n').filter(line => line.startsWith('gatehouse_'))
      expect({ unreadable: status === 1, ours }).toEqual({ unreadable: false, ours: [] })
    }
  })

  test('has every figure that rules and dashboard ask for', async () => {
    const told = namesIn(`${await gatewayFigures()}\n${await workerFigures()}`)
    const rules = readFileSync(path.join(PROMETHEUS, 'gatehouse.rules.yaml'), 'utf8')
    const recorded = [...rules.matchAll(/record: ([\w:]+)/g)].map(([, name]) => name)
    const asked = [...(rules.match(EXPRESSION) ?? []), ...expressions()].flatMap(text => text.match(FIGURE) ?? [])
    expect(asked.length).toBeGreaterThan(40)
    const missing = new Set(asked.filter(name => !told.has(name) && !recorded.includes(name)))
    expect([...missing]).toEqual([])
  })
})

test('every question of the dashboard is PromQL', async () => {
  const rules = expressions().map((expression, at) => ({ record: `panel:${at}`, expr: plain(expression) }))
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'gatehouse-dashboard-')), 'rules.yaml')
  await writeFile(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }))
  expect(rules.length).toBeGreaterThan(20)
  expect(() => execFileSync(promtool, ['check', 'rules', file], { stdio: 'pipe' })).not.toThrow()
})

const EXPRESSION = /expr: [\s\S]*?(?=\n\s+(?:for|labels|- record|- alert):|\n\s*\n)/g
const FIGURE = /\b(?:gatehouse[_:][\w:]+|nodejs_\w+|process_\w+)\b/g

function expressions(): string[] {
  const { panels } = Dashboard.parse(JSON.parse(readFileSync(path.join(ROOT, 'deploy/grafana/gatehouse.json'), 'utf8')))
  return panels.flatMap(panel => panel.targets ?? []).map(target => target.expr)
}

/** Grafana's variables as it would put them in. */
function plain(expression: string): string {
  return expression.replaceAll('$__rate_interval', '1m').replaceAll('$instance', '.*')
}

/** What is exposed, also where nothing has been counted yet. */
function namesIn(figures: string): ReadonlySet<string> {
  const declared = [...figures.matchAll(/^# TYPE (\S+) (\w+)$/gm)]
  return new Set(declared.map(([, name, type]) => (type === 'histogram' ? `${name}_bucket` : `${name}`)))
}
