import { expect, test } from 'vitest'
import { Evidence, hashEvidence, isStale } from './evidence.ts'

const evidence = Evidence.parse({
  kind: 'failover_drill',
  subject: { kind: 'model', id: '1', name: 'sandbox-gpt' },
  collector: 'worker',
  period: { from: '2026-11-01T03:00:00Z', to: '2026-11-01T03:00:20Z' },
  effectiveAt: '2026-11-01T03:00:20Z',
  freshUntil: '2026-12-08T03:00:20Z',
  value: { recoveryMs: 420, passed: true },
})

test('the hash does not depend on the order of fields, and on every value', () => {
  const turned = Object.fromEntries(Object.entries(evidence).reverse()) as Evidence
  expect(hashEvidence(turned)).toBe(hashEvidence(evidence))
  expect(hashEvidence(evidence)).toBe('5a991568bb4060bb243ba434b427b80ab791d84e98672368d9370e80a29843a5')
  expect(hashEvidence({ ...evidence, value: { recoveryMs: 421, passed: true } })).not.toBe(hashEvidence(evidence))
})

test('it is stale after the moment it is fresh until, not before', () => {
  const end = Date.parse(evidence.freshUntil)
  expect([isStale(evidence, end), isStale(evidence, end + 1)]).toEqual([false, true])
})
