import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KeyDocument } from '#core/contracts/config-documents.ts'
import { newId } from '#core/ids.ts'
import { keyEntry } from '#gateway/config/entries.ts'
import { type KeyMaterial, keyPolicy, requestKey } from './request-key.ts'

const SECRET = randomBytes(32)

const body = fc.dictionary(
  fc.constantFrom('messages', 'temperature', 'seed', 'tools', 'x', '__proto__'),
  fc.jsonValue(),
)
const material: fc.Arbitrary<KeyMaterial> = fc.record({
  organizationId: fc.uuid(),
  policyId: fc.uuid(),
  policyVersion: fc.nat().map(String),
  sharedWith: fc.string(),
  keyPolicy: fc.string(),
  tier: fc.option(fc.string()),
  exemptions: fc.array(fc.uuid(), { maxLength: 2 }),
  dataSources: fc.array(fc.string()),
  rules: fc.string(),
  region: fc.option(fc.string()),
  candidates: fc.array(fc.array(fc.string())),
  operation: fc.constantFrom('chat', 'messages', 'responses'),
  streaming: fc.boolean(),
  beta: fc.boolean(),
  headers: fc.array(fc.string()),
  body,
})

describe('the place of an answer', () => {
  test('is another one as soon as anything differs that the answer depends on, or who may see it', () => {
    const property = fc.property(material, material, fc.constantFrom(...FIELDS), (one, other, field) => {
      const changed = { ...one, [field]: other[field] }
      const same = JSON.stringify(normal(one)) === JSON.stringify(normal(changed))
      expect(requestKey(one, SECRET) === requestKey(changed, SECRET)).toBe(same)
    })
    fc.assert(property, { numRuns: 3_000 })
  })

  test('cannot be moved from one field into its neighbour', () => {
    const property = fc.property(material, fc.string({ minLength: 1 }), (one, text) => {
      const left = { ...one, sharedWith: one.sharedWith + text, keyPolicy: one.keyPolicy }
      const right = { ...one, sharedWith: one.sharedWith, keyPolicy: text + one.keyPolicy }
      expect(requestKey(left, SECRET)).not.toBe(requestKey(right, SECRET))
    })
    fc.assert(property)
  })

  test('does not depend on the order of names, on who asks, or on the provider’s own prompt cache', () => {
    const property = fc.property(material, one => {
      const turned = Object.fromEntries(Object.entries(one.body).reverse())
      const named = { ...turned, user: 'anna', metadata: { user_id: 'anna' }, prompt_cache_key: 'x', model: 'alias' }
      expect(requestKey({ ...one, body: named }, SECRET)).toBe(requestKey(one, SECRET))
    })
    fc.assert(property)
  })

  test('says nothing to who does not have the secret', () => {
    const [one] = fc.sample(material, 1)
    if (!one) throw new Error('no sample')
    expect(requestKey(one, SECRET)).not.toBe(requestKey(one, randomBytes(32)))
  })

  test('refuses a number that JSON cannot hold', () => {
    const [one] = fc.sample(material, 1)
    if (!one) throw new Error('no sample')
    expect(() => requestKey({ ...one, body: JSON.parse('{"seed":1e999}') }, SECRET)).toThrow()
  })
})

const FIELDS = [
  'organizationId',
  'policyId',
  'policyVersion',
  'sharedWith',
  'keyPolicy',
  'tier',
  'dataSources',
  'rules',
  'region',
  'candidates',
  'operation',
  'streaming',
  'beta',
  'headers',
  'body',
] as const satisfies (keyof KeyMaterial)[]

/** What JSON makes of it, names in order: −0 is 0 there, and the canonical form says the same. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal)
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => [name, normal(item)])
}

describe('what a key may do', () => {
  const document = (change: Partial<KeyDocument> = {}) =>
    KeyDocument.parse({
      kind: 'live',
      name: newId(),
      publicId: newId(),
      secretHash: randomBytes(32).toString('base64url'),
      teamId: newId(),
      personId: newId(),
      environment: 'production',
      modelIds: [],
      requestsPerMinute: 5,
      dailyLimitNanoUsd: '7',
      ipAllowList: [],
      tier: null,
      expiresAt: new Date().toISOString(),
      revokedAt: null,
      ...change,
    })
  const policyOf = (change?: Partial<KeyDocument>) => keyPolicy(keyEntry(newId(), newId(), document(change)))

  test('is the same for two people with equal keys, whatever their limits', () => {
    expect(policyOf()).toBe(policyOf({ requestsPerMinute: null }))
  })

  test('sets of models are compared as sets', () => {
    const [a, b] = [newId(), newId()]
    expect(policyOf({ modelIds: [a, b] })).toBe(policyOf({ modelIds: [b, a] }))
  })

  test.each<[string, Partial<KeyDocument>]>([
    ['models', { modelIds: [newId()] }],
    ['tier', { tier: 'Internal' }],
    ['environment', { environment: 'development' }],
    ['addresses', { ipAllowList: ['10.0.0.0/8'] }],
    ['kind', { kind: 'playground' }],
  ])('differs by %s', (_, change) => {
    expect(policyOf(change)).not.toBe(policyOf())
  })
})
