import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUDGET_ACTIONS, BUDGET_SCOPES, type BudgetSubject, BudgetWindow, covers, RECURRING_WINDOWS } from './budget.ts'
import { forecastBudget } from './forecast.ts'
import { leaseSlice, leaseTarget } from './lease.ts'
import { isTimeZone, localDayOf } from './local-day.ts'
import { actionAt, paceMs, stopAmount, thresholdAmount } from './threshold.ts'
import { periodAt } from './window.ts'

const HOUR_MS = 3_600_000
const ZONES = ['UTC', 'Europe/Warsaw', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Kiritimati']
const moments = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2040, 0) })
const windows = fc.record({ kind: fc.constantFrom(...RECURRING_WINDOWS), timeZone: fc.constantFrom(...ZONES) })
const amounts = fc.bigInt({ min: 0n, max: 10n ** 15n })

describe('windows', () => {
  test('hold their moment, begin at local midnight and follow each other without a gap', () => {
    fc.assert(
      fc.property(windows, moments, (window, moment) => {
        const period = periodAt(window, moment)
        if (!period) throw new Error('a recurring window has a period at any time')
        expect(period.start).toBeLessThanOrEqual(moment)
        expect(period.end).toBeGreaterThan(moment)
        expect(periodAt(window, period.start)).toEqual(period)
        expect(periodAt(window, period.end - 1)).toEqual(period)
        expect(periodAt(window, period.end)?.start).toBe(period.end)
        expect(localDayOf(period.start - 1, window.timeZone)).not.toEqual(localDayOf(period.start, window.timeZone))
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['spring', '2026-03-29T12:00:00Z', 23],
    ['autumn', '2026-10-25T12:00:00Z', 25],
    ['summer', '2026-07-01T12:00:00Z', 24],
  ])('a day in Warsaw in %s has its hours', (_, moment, hours) => {
    const period = periodAt({ kind: 'day', timeZone: 'Europe/Warsaw' }, Date.parse(moment))
    expect(((period?.end ?? 0) - (period?.start ?? 0)) / HOUR_MS).toBe(hours)
  })

  test('a midnight that a clock change skips begins at the end of the gap', () => {
    const period = periodAt({ kind: 'day', timeZone: 'America/Santiago' }, Date.parse('2026-09-06T12:00:00Z'))
    expect(new Date(period?.start ?? 0).toISOString()).toBe('2026-09-06T04:00:00.000Z')
  })

  test.each([
    ['week', '2026-11-16', '2026-11-23'],
    ['month', '2026-11-01', '2026-12-01'],
    ['quarter', '2026-10-01', '2027-01-01'],
  ] as const)('a %s has its days', (kind, start, end) => {
    const period = periodAt({ kind, timeZone: 'UTC' }, Date.parse('2026-11-21T10:00:00Z'))
    expect(period).toEqual({ start: Date.parse(start), end: Date.parse(end) })
  })

  test('a fixed period has no other', () => {
    const window = BudgetWindow.parse({ kind: 'fixed', start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z' })
    expect(periodAt(window, Date.parse('2026-01-15'))).not.toBeNull()
    expect(periodAt(window, Date.parse('2026-02-01'))).toBeNull()
    const wrong = BudgetWindow.safeParse({ kind: 'fixed', start: '2026-02-01T00:00:00Z', end: '2026-01-01T00:00:00Z' })
    expect(wrong.success).toBe(false)
    expect(isTimeZone('Europe/Nowhere')).toBe(false)
  })
})

test('a budget covers the requests of its target and no others', () => {
  const subject: BudgetSubject = {
    teamId: 'team',
    personId: 'person',
    keyId: 'key',
    agentId: null,
    modelId: 'model',
    providerId: 'provider',
    workload: 'workload',
    useCase: 'useCase',
  }
  for (const scope of BUDGET_SCOPES) {
    expect(covers(scope, scope, subject)).toBe(scope !== 'agent')
    expect(covers(scope, 'another', subject)).toBe(scope === 'organization')
    expect(covers(scope, null, subject)).toBe(scope === 'organization')
  }
})

describe('thresholds', () => {
  test('are shares of the limit to a nano-dollar, or amounts', () => {
    expect(thresholdAmount({ percent: 80, action: 'warn' }, 1_000n)).toBe(800n)
    expect(thresholdAmount({ percent: 33.333, action: 'warn' }, 100_000n)).toBe(33_333n)
    expect(thresholdAmount({ amountUsd: 5n, action: 'stop' }, 1_000n)).toBe(5n)
  })

  const thresholds = fc.array(fc.record({ atNanoUsd: amounts, action: fc.constantFrom(...BUDGET_ACTIONS) }))
  test('never become milder as more is spent, and stop from the lowest stop on', () => {
    fc.assert(
      fc.property(thresholds, amounts, amounts, (all, spent, more) => {
        const rank = (amount: bigint) => BUDGET_ACTIONS.indexOf(actionAt(all, amount) as never)
        expect(rank(spent + more)).toBeGreaterThanOrEqual(rank(spent))
        const stop = stopAmount(all)
        expect(actionAt(all, spent) === 'stop').toBe(stop !== null && spent >= stop)
      }),
    )
  })

  test('pace so that what is left lasts', () => {
    expect(paceMs(10n, 1_000n, 100_000)).toBe(1_000)
    expect(paceMs(10n, 0n, 100_000)).toBe(60_000)
    expect(paceMs(10n, 11n, 100_000_000)).toBe(60_000)
  })
})

describe('leases', () => {
  test('cover the need or are nothing, never pass what is free, and shrink as it does', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (free, need, want) => {
        const slice = leaseSlice(free, need, want)
        expect(slice).toBeLessThanOrEqual(free)
        if (need > free) expect(slice).toBe(0n)
        else expect(slice).toBeGreaterThanOrEqual(need)
        if (slice > need) expect(slice * 8n).toBeLessThanOrEqual(free)
        expect(leaseSlice(free, 0n, want)).toBeGreaterThanOrEqual(leaseSlice(free / 2n, 0n, want))
      }),
    )
  })

  test('are wanted for a while of demand, or some requests', () => {
    expect(leaseTarget(10n, 1n)).toBe(900n)
    expect(leaseTarget(0n, 1n)).toBe(16n)
  })
})

describe('the forecast', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const period = { start: Date.parse('2026-11-01'), end: Date.parse('2026-12-01') }
  const history = Array.from({ length: 28 }, (_, index) => {
    const day = new Date(now - (index + 1) * 24 * HOUR_MS)
    const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6
    return { day: day.toISOString().slice(0, 10), costNanoUsd: weekend ? 0n : 100n }
  })
  const base = { history, period, timeZone: 'UTC', now, spentNanoUsd: 1_500n }

  test('knows the weekend from the week', () => {
    const { totalNanoUsd, points, exhaustedAt } = forecastBudget({ ...base, stopNanoUsd: null })
    expect(totalNanoUsd).toBe(2_100n)
    expect(points.map(({ day }) => day)).toEqual(Array.from({ length: 10 }, (_, i) => `2026-11-${21 + i}`))
    expect(points[1]).toMatchObject({ value: 1_500n, low: 1_500n, high: 1_500n })
    expect(exhaustedAt).toBeNull()
  })

  test('tells when the budget runs out', () => {
    const { exhaustedAt } = forecastBudget({ ...base, stopNanoUsd: 1_750n })
    expect(new Date(exhaustedAt ?? 0).toISOString()).toBe('2026-11-25T12:00:00.000Z')
    expect(forecastBudget({ ...base, stopNanoUsd: 1_500n }).exhaustedAt).toBe(now)
    expect(forecastBudget({ ...base, stopNanoUsd: 9_999n }).exhaustedAt).toBeNull()
  })

  test('says nothing without a history', () => {
    expect(forecastBudget({ ...base, history: [], stopNanoUsd: 1n }).totalNanoUsd).toBeNull()
  })
})
