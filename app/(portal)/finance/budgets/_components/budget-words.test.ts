import { describe, expect, test } from 'vitest'
import type { BudgetDto } from '#lib/budgets/schema.ts'
import { courseOf, headline, spentText } from './budget-words.ts'

const now = Date.parse('2026-11-21T10:00:00Z')
const budget: BudgetDto = {
  id: '01900000-0000-7000-8000-000000000000',
  name: 'Search',
  scope: 'team',
  target: null,
  targetName: null,
  teamId: null,
  window: { kind: 'month', timeZone: 'UTC' },
  limitUsd: '8000.00',
  thresholds: [],
  stopUsd: '8000.00',
  version: 1,
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-01T00:00:00.000Z',
  archivedAt: null,
  period: { start: '2026-11-01T00:00:00.000Z', end: '2026-12-01T00:00:00.000Z' },
  spentUsd: '5480.00',
  leasedUsd: '0.00',
  remainingUsd: '2520.00',
  action: null,
  forecastUsd: '7000.00',
  exhaustedAt: null,
  asOf: '2026-11-21T10:00:00.000Z',
}

describe('the course of a budget', () => {
  test.each([
    [{}, 'Lasts the month with 1,000 left.', 'ok'],
    [{ exhaustedAt: '2026-11-25T10:00:00.000Z' }, 'Runs out on 25 Nov. Then calls are refused.', 'warn'],
    [{ exhaustedAt: '2026-11-21T14:20:00.000Z' }, 'Runs out today at 14:20. Then calls are refused.', 'bad'],
    [{ spentUsd: '8000.00' }, 'Spent. Calls are refused until 1 Dec.', 'bad'],
    [{ stopUsd: null, forecastUsd: '9000.00' }, 'Heads for 1,000 over its limit. Calls go on.', 'warn'],
    [{ stopUsd: null, spentUsd: '8100.00' }, 'Over its limit. Calls go on, since nothing stops them.', 'warn'],
    [{ forecastUsd: null }, 'Too little history for a forecast.', 'ok'],
    [{ period: null }, 'Not in its period. It limits nothing now.', 'neutral'],
    [{ archivedAt: '2026-11-20T00:00:00.000Z' }, 'Archived. It limits nothing.', 'neutral'],
  ])('%o: %s', (change, note, tone) => {
    expect(courseOf({ ...budget, ...change }, now)).toMatchObject({ note, tone })
  })

  test('is counted in the headline', () => {
    const running = { ...budget, exhaustedAt: '2026-11-25T10:00:00.000Z' }
    const spent = { ...running, spentUsd: '8000.00' }
    expect(headline([budget, budget], now)).toBe('All 2 budgets last their period')
    expect(headline([budget, running], now)).toBe('1 of 2 budgets runs out before the period ends')
    expect(headline([spent, running], now)).toBe('1 of 2 budgets is spent, 1 will be')
    expect(headline([], now)).toBe('No budget limits what calls may cost')
    expect(spentText(budget)).toBe('5,480 of 8,000')
  })
})
