import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FOR_EVERYBODY, notFor, type OnlyFor } from './only-for.ts'
import { isCallableStage, type ModelLifecycle, type TermsOfUse, widenings } from './terms-of-use.ts'

const terms = (change: Partial<TermsOfUse> = {}): TermsOfUse => ({
  lifecycle: 'approved',
  sunsetAt: null,
  tiers: ['Public'],
  onlyFor: FOR_EVERYBODY,
  ...change,
})
const forUseCases = (...useCases: string[]): OnlyFor => ({ ...FOR_EVERYBODY, useCases })

describe('what widens the use of a model', () => {
  test.each<[string, Partial<TermsOfUse>, Partial<TermsOfUse>]>([
    ['an approval', { lifecycle: 'proposed' }, { lifecycle: 'approved' }],
    ['an approval with restrictions', { lifecycle: 'under_review' }, { lifecycle: 'restricted' }],
    ['an end of a block', { lifecycle: 'blocked' }, { lifecycle: 'deprecated' }],
    ['a restriction that falls', { lifecycle: 'restricted' }, { lifecycle: 'approved' }],
    ['a later sunset', { sunsetAt: '2027-01-01T00:00:00Z' }, { sunsetAt: '2027-02-01T00:00:00Z' }],
    ['a sunset that falls', { lifecycle: 'deprecated', sunsetAt: '2027-01-01T00:00:00Z' }, { lifecycle: 'deprecated' }],
    ['one more use case', { onlyFor: forUseCases('triage') }, { onlyFor: forUseCases('triage', 'drafts') }],
    ['use cases that fall', { onlyFor: forUseCases('triage') }, {}],
    ['one more tier', {}, { tiers: ['Public', 'Internal'] }],
  ])('%s', (_, before, after) => {
    expect(widenings(terms(before), terms(after))).not.toEqual([])
  })

  test.each<[string, Partial<TermsOfUse>, Partial<TermsOfUse>]>([
    ['a block', {}, { lifecycle: 'blocked' }],
    ['a deprecation', {}, { lifecycle: 'deprecated', sunsetAt: '2027-01-01T00:00:00Z' }],
    ['an earlier sunset', { sunsetAt: '2027-02-01T00:00:00Z' }, { sunsetAt: '2027-01-01T00:00:00Z' }],
    ['a restriction', {}, { lifecycle: 'restricted', onlyFor: forUseCases('triage') }],
    ['one use case less', { onlyFor: forUseCases('a', 'b') }, { onlyFor: forUseCases('a') }],
    ['one tier less', { tiers: ['Public', 'Internal'] }, {}],
    ['nothing', {}, {}],
  ])('%s does not', (_, before, after) => {
    expect(widenings(terms(before), terms(after))).toEqual([])
  })
})

const Stage = fc.constantFrom<ModelLifecycle>(
  'proposed',
  'under_review',
  'approved',
  'restricted',
  'deprecated',
  'blocked',
)
const Names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })
const Lists: fc.Arbitrary<OnlyFor> = fc.record({ useCases: Names, teamIds: Names, workloads: Names })
const Name = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null })
const Request = fc.record({ useCase: Name, teamId: Name, workload: Name })
const Sunset = fc.option(fc.constantFrom('2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z'), { nil: null })
const Terms = fc.record({ lifecycle: Stage, sunsetAt: Sunset, tiers: Names, onlyFor: Lists })

test('whatever is called narrowing lets no request through that was refused before', () => {
  const passes = (
    one: TermsOfUse,
    request: { useCase: string | null; teamId: string | null; workload: string | null },
  ) => isCallableStage(one.lifecycle) && notFor(one.onlyFor, request) === null
  fc.assert(
    fc.property(Terms, Terms, Request, (before, after, request) => {
      if (widenings(before, after).length > 0) return
      expect(passes(after, request) && !passes(before, request)).toBe(false)
    }),
  )
})

test('a request that says nothing is let in only by a model for everybody', () => {
  const silent = { useCase: null, teamId: null, workload: null }
  fc.assert(
    fc.property(Lists, onlyFor => {
      const isOpen = Object.values(onlyFor).every(list => list.length === 0)
      expect(notFor(onlyFor, silent) === null).toBe(isOpen)
    }),
  )
})
