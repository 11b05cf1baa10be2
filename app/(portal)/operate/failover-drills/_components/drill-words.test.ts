import { expect, test } from 'vitest'
import type { DrillDto } from '#lib/failover-drills/schema.ts'
import { drillsTitle, drillTitle, planText } from './drill-words.ts'

const passed: DrillDto = {
  id: '01a1fcac-298f-754d-bac9-dd127fa83b86',
  modelId: '1',
  model: 'sandbox-gpt',
  occasion: 'schedule',
  startedBy: 'failover-drills',
  state: 'passed',
  phase: null,
  boundMs: 30_000,
  recoveryMs: 420,
  failure: null,
  createdAt: '2026-11-01T03:00:00Z',
  startedAt: '2026-11-01T03:00:00Z',
  endedAt: '2026-11-01T03:00:20Z',
  evidence: null,
  evidenceHash: null,
  stale: false,
}
const failed: DrillDto = { ...passed, state: 'failed', recoveryMs: null, failure: 'none' }

test('the list says how it stands with the last drill of each model', () => {
  expect(drillsTitle([])).toBe('No failover has been tried yet')
  expect(drillsTitle([passed, failed])).toMatch(/within its bound/)
  expect(drillsTitle([failed, passed])).toBe('sandbox-gpt failed the last drill')
  expect(drillsTitle([{ ...passed, stale: true }])).toBe('sandbox-gpt has not been tried for too long')
  expect(drillsTitle([{ ...passed, state: 'running', endedAt: null }, failed])).toMatch(/is running/)
})

test('a drill says what came of it', () => {
  expect(drillTitle(passed)).toBe('Without sandbox-gpt, calls were answered again after 420 ms')
  expect(drillTitle(failed)).toBe('Without sandbox-gpt, calls were not answered again within 30 s')
  expect(drillTitle({ ...failed, recoveryMs: 31_000 })).toMatch(/not within 30 s/)
  expect(drillTitle({ ...failed, recoveryMs: 400 })).toMatch(/failed after/)
})

test('the plan says when, what and how soon', () => {
  const plan = { enabled: true, every: 'month', hour: 3, boundSeconds: 30, modelIds: [], nextAt: null } as const
  expect(planText({ ...plan, modelIds: [] })).toBe(
    'The first of every month at 03:00 UTC: every model with an equivalent for an outage. Answered again within 30 s.',
  )
  expect(planText({ ...plan, modelIds: [], enabled: false })).toMatch(/No drill/)
})
