import { describe, expect, test } from 'vitest'
import { fitLifetime, type KeyFormValues, lifetimesOf, limitsOf, toIssueInput } from './key-form-values.ts'

const typed: KeyFormValues = {
  name: 'ci',
  teamId: 't',
  environment: 'production',
  expiresInDays: 90,
  modelIds: [],
  tier: '',
  dataSourceIds: [],
  workloadId: '',
  dailyLimitUsd: '1,000.50',
  requestsPerMinute: '',
  addresses: '10.0.0.0/8, 192.0.2.1\n2001:db8::/32',
}
const team = { id: 't', name: 'T', maxLifetimeDays: 100, maxRequestsPerMinute: 1, maxDailyLimitNanoUsd: '0' }

describe('the form as input', () => {
  test('an empty limit is none, and separators of thousands do not matter', () => {
    expect(toIssueInput(typed)).toMatchObject({ dailyLimitUsd: '1000.50', requestsPerMinute: null })
    expect(limitsOf(typed)).toMatchObject({ dailyLimit: 1_000_500_000_000n, requestsPerMinute: null })
  })

  test('addresses may stand in lines or between commas', () => {
    expect(toIssueInput(typed).ipAllowList).toEqual(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32'])
  })

  test('what is no number is left for the verb to refuse', () => {
    expect(toIssueInput({ ...typed, requestsPerMinute: 'many' }).requestsPerMinute).toBe('many')
    expect(limitsOf({ ...typed, requestsPerMinute: 'many', dailyLimitUsd: '-1' })).toMatchObject({
      requestsPerMinute: null,
      dailyLimit: null,
    })
  })
})

test('a tier that is not chosen is none', () => {
  expect(toIssueInput(typed).tier).toBeNull()
  expect(toIssueInput({ ...typed, tier: 'Internal', dataSourceIds: ['d'] })).toMatchObject({
    tier: 'Internal',
    dataSourceIds: ['d'],
  })
})

describe('lifetimes', () => {
  test('end with the longest that the team allows', () => {
    expect(lifetimesOf(team)).toEqual([7, 30, 90, 100])
    expect(lifetimesOf({ maxLifetimeDays: 5 })).toEqual([5])
  })

  test('are kept when the new team allows them, else shortened', () => {
    expect(fitLifetime(30, team)).toBe(30)
    expect(fitLifetime(365, team)).toBe(100)
    expect(fitLifetime(90, { ...team, maxLifetimeDays: 5 })).toBe(5)
  })
})
