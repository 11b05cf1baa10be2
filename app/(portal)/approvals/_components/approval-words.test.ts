import { expect, test } from 'vitest'
import type { ApprovalDto } from '#lib/approvals/dto.ts'
import { areOfOneRule, byRule, headline } from './approval-words.ts'

const request = (id: string, kind: string, rule: string) => ({ id, kind, kindTitle: kind, rule }) as ApprovalDto

test('requests are grouped by kind and rule, in the order they come', () => {
  const rows = [
    request('1', 'Key', 'a'),
    request('2', 'Budget', 'a'),
    request('3', 'Key', 'a'),
    request('4', 'Key', 'b'),
  ]
  expect(byRule(rows).map(group => [group.title, group.rows.map(({ id }) => id)])).toEqual([
    ['Key: a', ['1', '3']],
    ['Budget: a', ['2']],
    ['Key: b', ['4']],
  ])
  expect(areOfOneRule([request('1', 'Key', 'a'), request('3', 'Key', 'a')])).toBe(true)
  expect(areOfOneRule(rows)).toBe(false)
  expect(areOfOneRule([])).toBe(false)
})

test('the heading is the answer', () => {
  expect(headline('waiting', { count: 0, more: false })).toBe('Nothing waits for you')
  expect(headline('waiting', { count: 1, more: false })).toBe('1 request waits for you')
  expect(headline('waiting', { count: 7, more: false })).toBe('7 requests wait for you')
  expect(headline('waiting', { count: 1_000, more: true })).toBe('1,000+ requests wait for you')
})
