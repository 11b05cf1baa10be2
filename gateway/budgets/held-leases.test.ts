import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventRow } from '#core/contracts/event-row.ts'
import { newId } from '#core/ids.ts'
import type { Segment } from '#gateway/events/segments.ts'
import { makeRequestEvent } from '#test/request-events.ts'
import { HeldLeases } from './held-leases.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'leases-'))
})
afterAll(() => rm(directory, { recursive: true }))

const START = Date.UTC(2026, 10, 21)
const budgetId = newId()
const lease = { budgetId, start: START, end: START + 86_400_000, held: 1_000n, spent: 300n }

function eventOf(cost: number | null, start = START, id = budgetId): string {
  const budgets = [{ id, periodStart: new Date(start).toISOString() }]
  const costNanoUsd = cost === null ? null : String(cost)
  return `${eventRow(makeRequestEvent(newId(), { budgets, costNanoUsd }))}\n`
}

async function segmentOf(name: string, text: string, size = Buffer.byteLength(text)): Promise<Segment> {
  const file = path.join(directory, name)
  await writeFile(file, text)
  return { file, size, shipped: 0, own: false, closed: true }
}

test('of what was held, nothing is left that was spooled since, in whatever segment', async () => {
  const before = eventOf(500)
  const noted = await segmentOf('1.events', before)
  await new HeldLeases(directory).keep([lease], [noted])
  const after = [
    await segmentOf('1.events', before + eventOf(40) + eventOf(null)),
    // What another period or budget cost is no concern of this one.
    await segmentOf('2.events', eventOf(60) + eventOf(900, 0) + eventOf(900, START, newId())),
  ]
  expect(await new HeldLeases(directory).read(after)).toEqual([{ ...lease, held: 900n, spent: 400n }])
  const spent = [...after, await segmentOf('3.events', eventOf(2_000))]
  expect(await new HeldLeases(directory).read(spent)).toEqual([{ ...lease, held: 0n, spent: 2_400n }])
})

test('nothing is known without every event since, or from a note that cannot be read', async () => {
  const noted = await segmentOf('5.events', eventOf(1))
  const leases = new HeldLeases(directory)
  await leases.keep([lease], [noted])
  expect(await leases.read([noted])).toEqual([lease])
  expect(await leases.read([await segmentOf('6.events', '')])).toEqual([])
  expect(await leases.read([{ ...noted, size: noted.size - 1 }])).toEqual([])
  expect(await leases.read([await segmentOf('5.events', `${eventOf(1)}no event\n`)])).toEqual([])
  await writeFile(path.join(directory, 'leases.json'), '{"leases": []')
  expect(await leases.read([noted])).toEqual([])
})

test('what goes back is forgotten, and not noted again', async () => {
  const noted = await segmentOf('7.events', eventOf(1))
  const leases = new HeldLeases(directory)
  await leases.keep([lease], [noted])
  await leases.forget()
  await leases.keep([{ ...lease, held: 1n }], [noted])
  expect(await leases.read([noted])).toEqual([])
})
