import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { makeRequestEvent } from '#test/request-events.ts'
import { arrayElements, eventRow, readEventRow } from './event-row.ts'

test('whatever a caller says of a request is read as it was written, and nothing of it ends a cell or a row', () => {
  const said = fc.option(fc.string({ unit: fc.constantFrom('a', '\\', '\t', '\n', '\r', 'N', '"', '{', '€', '𝄞') }))
  fc.assert(
    fc.property(said, said, said, (workload, requestedModel, message) => {
      const plain = makeRequestEvent(newId())
      const event = { ...plain, workload, requestedModel, detail: { ...plain.detail, message } }
      const row = eventRow(event)
      expect(row).not.toMatch(/[\n\r]/)
      const read = readEventRow(row)
      expect([read.workload, read.requested_model]).toEqual([workload, requestedModel])
      expect(JSON.parse(read.detail ?? '')).toEqual(event.detail)
    }),
  )
})

test('budgets are charged by period', () => {
  const budgets = [
    { id: newId(), periodStart: '2026-11-01T00:00:00.000Z' },
    { id: newId(), periodStart: '2026-11-21T00:00:00.000Z', calls: 1 as const },
  ]
  const read = readEventRow(eventRow(makeRequestEvent(newId(), { budgets })))
  expect(arrayElements(read.budget_ids)).toEqual(budgets.map(({ id }) => id))
  expect(arrayElements(read.budget_periods)).toEqual(budgets.map(({ periodStart }) => periodStart))
  expect(arrayElements(read.budget_calls)).toEqual(['0', '1'])
  expect(arrayElements(readEventRow(eventRow(makeRequestEvent(newId()))).budget_ids)).toEqual([])
})

test('half a row is none', () => {
  const row = eventRow(makeRequestEvent(newId()))
  expect(() => readEventRow(row.slice(0, row.lastIndexOf('\t')))).toThrow('not a row of an event')
})
