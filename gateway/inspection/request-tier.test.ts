import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { Guardrails } from '#gateway/config/guardrails.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { declaredTier } from './request-tier.ts'

const RANKS: Readonly<Record<string, number>> = { Public: 0, Internal: 10, Confidential: 20, Restricted: 30 }
const NAMES = Object.keys(RANKS)
const SOURCES = NAMES.map(name => ({ id: newId(), slug: name.toLowerCase(), name, tier: name }))

const guardrails = new Guardrails()
for (const name of NAMES) {
  const more = { contentLogging: 'metadata', cacheable: false, regions: [], providerIds: [] }
  guardrails.put('tier', newId(), { name, rank: RANKS[name], ...more })
}
for (const { id, ...source } of SOURCES) {
  guardrails.put('data_source', id, { ...source, regions: [], workloads: [`${source.slug}-workload`] })
}

interface Declared {
  key: string | null
  keySources: string[]
  workload: string | null
  said: string | null
  saidSources: string[]
}

/** As much of a request as its classification depends on. */
function requestOf({ key, keySources, workload, said, saidSources }: Declared): Exchange {
  const request = {
    key: {
      document: { tier: key, dataSourceIds: SOURCES.flatMap(one => (keySources.includes(one.name) ? one.id : [])) },
    },
    attribution: { dataClass: said, workload: workload && `${workload.toLowerCase()}-workload` },
    header: () => saidSources.join(', ').toLowerCase() || undefined,
    dataSources: [],
  }
  return request as unknown as Exchange
}

const name = fc.constantFrom(...NAMES)
const maybe = fc.option(name)
const declared: fc.Arbitrary<Declared> = fc.record({
  key: maybe,
  keySources: fc.array(name, { maxLength: 3 }),
  workload: maybe,
  said: maybe,
  saidSources: fc.array(name, { maxLength: 3 }),
})
const rankOf = (one: Declared) => declaredTier(requestOf(one), guardrails)?.rank ?? -1

test('is the highest of all that declare it, and the lowest tier when nothing does', () => {
  fc.assert(
    fc.property(declared, one => {
      const said = [one.key, one.workload, one.said, ...one.keySources, ...one.saidSources]
      expect(rankOf(one)).toBe(Math.max(0, ...said.map(tier => RANKS[tier ?? 'Public'] ?? 0)))
    }),
  )
})

test('nothing that a caller sends lowers what key, data source or workload fix', () => {
  fc.assert(
    fc.property(declared, one => {
      const fixed = rankOf({ ...one, said: null, saidSources: [] })
      expect(rankOf(one)).toBeGreaterThanOrEqual(fixed)
    }),
  )
})

test('what is fixed and gone counts as the highest', () => {
  const none = { key: null, keySources: [], workload: null, said: 'Public', saidSources: [] }
  expect(rankOf({ ...none, key: 'Withdrawn' })).toBe(30)
  const request = requestOf(none)
  Object.assign(request.key?.document ?? {}, { dataSourceIds: [newId()] })
  expect(declaredTier(request, guardrails)?.rank).toBe(30)
})

test('a data source that there is not is a 400 that names the header', () => {
  const request = requestOf({ key: null, keySources: [], workload: null, said: null, saidSources: ['Moon'] })
  expect(() => declaredTier(request, guardrails)).toThrow(/"moon" is no data source/)
})
