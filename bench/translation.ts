import http from 'node:http'
import { quantile } from './measurement.ts'
import { loadAverage, markdownTable, writeSection } from './report.ts'
import { bodies } from './request-body.ts'
import { type Target, withTargets } from './targets.ts'

/**
 * What translation adds to the first token and to the whole of a streamed answer: one stream after another, each way
 * in turn, so that a slow moment of the machine hits all alike. `npm run bench -- translation [streams of each way]`.
 */
const STREAMS = Number(process.argv[2] ?? 2_000)
const WARM_UP = 200

type Wire = 'chat' | 'messages' | 'responses'
const PATHS: Readonly<Record<Wire, string>> = {
  chat: '/v1/chat/completions',
  messages: '/v1/messages',
  responses: '/v1/responses',
}
const MODELS = { chat: 'sandbox-gpt', messages: 'sandbox-claude' } as const

/** From the client's wire to the model's; `direct`: to the upstream itself. */
type Way = { readonly client: Wire; readonly model: keyof typeof MODELS; readonly direct: boolean }
const WAYS: readonly Way[] = [
  { client: 'chat', model: 'chat', direct: true },
  { client: 'chat', model: 'chat', direct: false },
  { client: 'messages', model: 'chat', direct: false },
  { client: 'messages', model: 'messages', direct: true },
  { client: 'messages', model: 'messages', direct: false },
  { client: 'chat', model: 'messages', direct: false },
  { client: 'responses', model: 'messages', direct: false },
]

const next = bodies({ connections: 1, seconds: 0, kilobytes: 1, streamed: true })
const loadBefore = loadAverage()
const rows = await withTargets(['sandbox', 'gatehouse'], async ([sandbox, gateway]) => {
  if (!sandbox || !gateway) throw new Error('the targets did not start')
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const times = WAYS.map(() => ({ first: [] as number[], whole: [] as number[] }))
  for (let round = 0; round < STREAMS + WARM_UP; round++) {
    for (const [at, way] of WAYS.entries()) {
      const { first, whole } = await readStream(way.direct ? sandbox : gateway, agent, way)
      if (round < WARM_UP) continue
      times[at]?.first.push(first)
      times[at]?.whole.push(whole)
    }
  }
  agent.destroy()
  return WAYS.map((way, at) => [nameOf(way), ...figures(times[at]?.first), ...figures(times[at]?.whole)])
})

const head = ['client to model', 'first token p50 ms', 'p99 ms', 'whole p50 ms', 'p99 ms']
const report = `${STREAMS} streams of each way, one at a time.\n\n${markdownTable(head, rows)}`
process.stdout.write(`\n${report}\n`)
writeSection('translation', report, `${STREAMS} streams`, loadBefore)

function nameOf({ client, model, direct }: Way): string {
  if (direct) return `${client}, without the gateway`
  return client === model ? `${client} to ${model}, passed through` : `${client} to ${model}, translated`
}

function figures(values: number[] = []): string[] {
  values.sort((a, b) => a - b)
  return [0.5, 0.99].map(share => quantile(values, share).toFixed(2))
}

function bodyOf({ client, model }: Way): string {
  const chat = JSON.parse(next()) as { messages: { role: string; content: string }[] }
  const [system, user] = chat.messages.map(message => message.content)
  const head = { model: MODELS[model], stream: true }
  if (client === 'chat') return JSON.stringify({ ...head, messages: chat.messages })
  if (client === 'responses') return JSON.stringify({ ...head, store: false, instructions: system, input: user })
  return JSON.stringify({ ...head, max_tokens: 1_000, system, messages: [{ role: 'user', content: user }] })
}

/** Milliseconds from the request to the first bytes of the answer's body, and to its end. */
function readStream(target: Target, agent: http.Agent, way: Way): Promise<{ first: number; whole: number }> {
  const body = bodyOf(way)
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'anthropic-version': '2023-06-01',
      ...target.headers,
    }
    const request = http.request(target.url + PATHS[way.client], { method: 'POST', agent, headers }, response => {
      if (response.statusCode !== 200) reject(new Error(`${nameOf(way)}: status ${response.statusCode}`))
      let first = 0
      response.on('data', () => {
        if (first === 0) first = performance.now() - began
      })
      response.on('end', () => resolve({ first, whole: performance.now() - began }))
    })
    request.on('error', reject)
    request.end(body)
  })
}
