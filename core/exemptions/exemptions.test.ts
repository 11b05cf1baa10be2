import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TierRank } from '#core/guardrails/decide.ts'
import { costExemption, coversSubject, guardrailExemptions, modelExemption, tierExemption } from './evaluate.ts'
import { ExemptionDocument, type ExemptionRecord, exemptionRecord, NAMED_SUBJECTS } from './exemption.ts'
import { brokenCondition, exemptionState } from './exemption-state.ts'
import { ExemptionTable } from './exemption-table.ts'

const IDS = ['a', 'b', 'c'].map(letter => `0193a000-0000-7000-8000-00000000000${letter}`)
const TIERS: TierRank[] = [
  { name: 'Public', rank: 0 },
  { name: 'Internal', rank: 10 },
  { name: 'Restricted', rank: 20 },
]
const id = fc.constantFrom(...IDS)
const ids = fc.uniqueArray(id)
const tierName = fc.constantFrom('Public', 'Internal', 'Restricted', 'Gone')
const moment = fc.integer({ min: 0, max: 1_000 })

const exemption: fc.Arbitrary<ExemptionRecord> = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom('model', 'tier', 'cost', 'guardrail'),
    subjectKind: fc.constantFrom('team', 'person', 'key', 'workload', 'useCase'),
    target: id,
    modelIds: ids,
    providerIds: ids,
    budgetIds: ids,
    guardrailIds: ids,
    tier: fc.option(tierName),
    from: moment,
    length: fc.integer({ min: 1, max: 1_000 }),
  })
  .map(({ id, subjectKind, target, from, length, tier, kind, ...rest }) => {
    const teamId = (NAMED_SUBJECTS as readonly string[]).includes(subjectKind) ? (IDS[0] ?? null) : null
    const document = ExemptionDocument.parse({
      ...rest,
      kind,
      name: 'x',
      tier: kind === 'tier' ? (tier ?? 'Public') : tier,
      subject: { kind: subjectKind, target, teamId },
      spendCapNanoUsd: null,
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(from + length).toISOString(),
    })
    return exemptionRecord(id, document)
  })
const nullable = fc.option(id)
const subject = fc.record({
  teamId: nullable,
  personId: nullable,
  keyId: nullable,
  workload: nullable,
  useCase: nullable,
})
const tier = fc.constantFrom(...TIERS)

describe('exemptions', () => {
  test('the table finds exactly those in force that cover a request', () => {
    fc.assert(
      fc.property(
        fc.array(exemption, { maxLength: 8 }),
        subject,
        fc.integer({ min: 0, max: 2_100 }),
        (all, who, now) => {
          const expected = all.filter(one => one.from <= now && now < one.until && coversSubject(one.document, who))
          const found = new ExemptionTable(all).covering(who, now)
          expect(found.map(one => one.id).sort()).toEqual(expected.map(one => one.id).sort())
        },
      ),
    )
  })

  test('at its end and before its start it covers nobody', () => {
    fc.assert(
      fc.property(exemption, subject, (one, who) => {
        const table = new ExemptionTable([one])
        expect(table.covering(who, one.until)).toEqual([])
        expect(table.covering(who, one.from - 1)).toEqual([])
      }),
    )
  })

  test('none lifts a rule of another kind, or of a record that it does not name', () => {
    fc.assert(
      fc.property(fc.array(exemption), id, id, tier, (all, one, other, at) => {
        const found = [
          [modelExemption(all, one), 'model', 'modelIds'],
          [costExemption(all, one, at, TIERS), 'cost', 'budgetIds'],
        ] as const
        for (const [exemption, kind, field] of found) {
          if (!exemption) continue
          expect(exemption.document.kind).toBe(kind)
          expect(exemption.document[field]).toContain(one)
        }
        const lifted = tierExemption(all, { modelId: one, providerId: other }, at, TIERS)
        if (lifted)
          expect(
            [...lifted.document.modelIds, ...lifted.document.providerIds].some(x => x === one || x === other),
          ).toBe(true)
      }),
    )
  })

  test('a tier is lifted up to the one that is named, and by a name that is no tier never', () => {
    fc.assert(
      fc.property(exemption, tier, (one, at) => {
        const [modelId = one.document.providerIds[0] ?? ''] = one.document.modelIds
        const lifted = tierExemption([one], { modelId, providerId: modelId }, at, TIERS)
        const rank = TIERS.find(({ name }) => name === one.document.tier)?.rank ?? -1
        if (lifted) expect(rank).toBeGreaterThanOrEqual(at.rank)
      }),
    )
  })

  test('content of the most sensitive tier keeps its guardrails unless that tier is exempted as well', () => {
    const most = TIERS[2] ?? null
    fc.assert(
      fc.property(fc.array(exemption), all => {
        const opened = all.some(({ document }) => document.kind === 'tier' && document.tier === 'Restricted')
        if (!opened) expect(guardrailExemptions(all, most, TIERS)).toEqual([])
        for (const one of guardrailExemptions(all, most, TIERS)) expect(one.document.kind).toBe('guardrail')
      }),
    )
  })

  test('its state follows the clock, and only what is approved is ever in force', () => {
    const status = fc.constantFrom('requested', 'approved', 'declined', 'expired', 'revoked', 'broken')
    fc.assert(
      fc.property(status, fc.option(moment), moment, fc.integer(), (is, startsAt, endsAt, now) => {
        const state = exemptionState({ status: is, startsAt, endsAt }, now)
        if (state === 'in_force') expect([is, now < endsAt]).toEqual(['approved', true])
        if (is !== 'approved') expect(state).toBe(is)
      }),
    )
  })

  test('a cap is broken when it is reached, and not by one call that was too large for it', () => {
    const caps = { spendCapNanoUsd: 100n, requestCap: 3 }
    expect(brokenCondition(caps, { calls: 7, taken: 2, spentNanoUsd: 50n, refused: 9 })).toBeNull()
    expect(brokenCondition(caps, { calls: 3, taken: 3, spentNanoUsd: 0n, refused: 0 })).toContain('3 calls')
    expect(brokenCondition(caps, { calls: 1, taken: 1, spentNanoUsd: 100n, refused: 0 })).toContain('cost')
    expect(brokenCondition(caps, { calls: 1, taken: 1, spentNanoUsd: 96n, refused: 1 })).toContain('cost')
    expect(
      brokenCondition(
        { spendCapNanoUsd: null, requestCap: null },
        { calls: 9, taken: 9, spentNanoUsd: 9n, refused: 9 },
      ),
    ).toBeNull()
  })
})
