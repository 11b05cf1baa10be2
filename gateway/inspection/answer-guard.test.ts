import { afterEach, expect, test } from 'vitest'
import type { RequestFinding } from '#core/contracts/request-event.ts'
import { newId } from '#core/ids.ts'
import { Guardrails } from '#gateway/config/guardrails.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { openLog } from '#gateway/log.ts'
import { AnswerGuard } from './answer-guard.ts'
import { InspectionPool } from './inspection-pool.ts'
import { Inspector } from './inspector.ts'

const guardrails = new Guardrails()
guardrails.put('guardrail', newId(), {
  detector: 'email',
  enabled: true,
  shadow: false,
  actions: { Public: 'block' },
  appliesTo: 'both',
  raiseTo: null,
})
const PUBLIC = { name: 'Public', rank: 0 }
const pools: InspectionPool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map(pool => pool.close()))
})

/** A guard whose threads may read for so long. */
function guardWith(limitMs: number, findings: RequestFinding[] = []): AnswerGuard {
  const pool = new InspectionPool(() => limitMs)
  pools.push(pool)
  const services = { inspector: new Inspector(pool), log: openLog('silent', 'test') }
  return new AnswerGuard(
    { id: newId(), services, findings, exemptions: [], attribution: {}, tier: PUBLIC } as unknown as Exchange,
    guardrails.plan,
  )
}
const delta = (text: string) => ({ choices: [{ index: 0, delta: { content: text } }] })

test('a short delta is judged at once, a large one when a thread has read it', async () => {
  const guard = guardWith(60_000)
  expect(guard.read(delta('Good morning. '))).toBeNull()
  const late = guard.read(delta('The doors are shut. '.repeat(5_000)))
  expect(late).toBeInstanceOf(Promise)
  expect(await late).toBeNull()
  expect(guard.finish()).toBeNull()
})

test('a large delta that takes too long to read ends the answer', async () => {
  const guard = guardWith(1)
  const stopped = await guard.read(delta('anna@example.com '.repeat(250_000)))
  expect(stopped).toMatchObject({ code: 'inspection_failed', status: 503 })
})

test('of a stream that breaks off while a thread reads, all that came is read', async () => {
  const findings: RequestFinding[] = []
  const guard = guardWith(60_000, findings)
  const late = guard.read(delta(`${'The doors are shut. '.repeat(5_000)}Write to anna@example.com soon. `))
  expect(await guard.readRest()).toMatchObject({ code: 'content_blocked' })
  expect(await late).toMatchObject({ code: 'content_blocked' })
  expect(guard.readRest()).toBeNull()
  guard.close()
  expect(findings).toMatchObject([{ detector: 'email', count: 1 }])
})
