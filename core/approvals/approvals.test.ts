import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApprovalPolicy, ApprovalStep } from './approval-policy.ts'
import { type Candidate, eligibleFor } from './eligibility.ts'
import { snapshotDigest } from './snapshot.ts'
import { approvalsNeeded, stillNeeded, tally, type Vote } from './tally.ts'

const step = (change: object = {}) =>
  ApprovalStep.parse({ name: 'Security', approvers: { roles: ['security'] }, ...change })
const person = (id: string, roles: string[] = [], ledTeamIds: string[] = []): Candidate => ({ id, roles, ledTeamIds })
const request = { teamId: 'payments', excludedIds: ['asker'], escalated: false }
const ids = (found: { personId: string }[]) => found.map(({ personId }) => personId).sort()

describe('who may decide', () => {
  const people = [
    person('ada', ['security']),
    person('ben', ['developer'], ['payments']),
    person('cem', ['finance']),
    person('asker', ['security']),
  ]

  test('those with a role, those named, leads of the team; never who asked', () => {
    expect(ids(eligibleFor(step(), request, people, []))).toEqual(['ada'])
    const leads = step({ approvers: { teamLeads: true } })
    expect(ids(eligibleFor(leads, request, people, []))).toEqual(['ben'])
    expect(ids(eligibleFor(leads, { ...request, teamId: null }, people, []))).toEqual([])
  })

  test('those it escalated to, once it did', () => {
    const escalating = step({ escalateAfterHours: 4, escalateTo: { roles: ['finance'] } })
    expect(ids(eligibleFor(escalating, request, people, []))).toEqual(['ada'])
    expect(ids(eligibleFor(escalating, { ...request, escalated: true }, people, []))).toEqual(['ada', 'cem'])
  })

  test('a delegate for whom may, not for whom may not, and never who asked', () => {
    const to = (fromId: string, toId: string) => eligibleFor(step(), request, people, [{ fromId, toId }])
    expect(to('ada', 'cem')).toContainEqual({ personId: 'cem', inOwnRight: false, onBehalfOf: ['ada'] })
    expect(ids(to('ben', 'cem'))).toEqual(['ada'])
    expect(ids(to('asker', 'cem'))).toEqual(['ada'])
    expect(ids(to('ada', 'asker'))).toEqual(['ada'])
    expect(ids(to('ada', 'gone'))).toEqual(['ada'])
  })

  test('whatever roles, leads, delegations and escalations there are, nobody excluded decides', () => {
    const names = fc.constantFrom('ada', 'ben', 'cem', 'asker')
    const candidates = fc.uniqueArray(
      fc.record({
        id: names,
        roles: fc.subarray(['security', 'finance', 'legal']),
        ledTeamIds: fc.subarray(['payments', 'search']),
      }),
      { selector: one => one.id },
    )
    const delegations = fc.array(fc.record({ fromId: names, toId: names }))
    const excluded = fc.subarray(['ada', 'ben', 'cem', 'asker'])
    const any = step({
      approvers: { roles: ['security'], teamLeads: true },
      escalateAfterHours: 1,
      escalateTo: { roles: ['finance'], personIds: [] },
    })
    fc.assert(
      fc.property(candidates, delegations, excluded, fc.boolean(), (all, stands, excludedIds, escalated) => {
        const found = ids(eligibleFor(any, { teamId: 'payments', excludedIds, escalated }, all, stands))
        expect(found.filter(id => excludedIds.includes(id))).toEqual([])
        expect(new Set(found).size).toBe(found.length)
      }),
    )
  })
})

describe('a tally', () => {
  const own = (personId: string, ...onBehalfOf: string[]) => ({ personId, inOwnRight: true, onBehalfOf })
  const standIn = (personId: string, ...onBehalfOf: string[]) => ({ personId, inOwnRight: false, onBehalfOf })
  const approve = (...names: string[]): Vote[] => names.map(voterId => ({ voterId, vote: 'approve' }))

  test('needs one, a number, or all, of different persons', () => {
    const may = ['a', 'b', 'c'].map(personId => own(personId))
    expect(tally('any', may, approve('a'))).toBe('approved')
    expect(tally(2, may, approve('a', 'a'))).toBe('pending')
    expect(tally(2, may, approve('a', 'b'))).toBe('approved')
    expect(tally('all', may, approve('a', 'b'))).toBe('pending')
    expect(tally('all', may, approve('a', 'b', 'c'))).toBe('approved')
    expect(tally('all', [], [])).toBe('pending')
  })

  test('counts somebody and whoever stands in for them once', () => {
    const may = [
      own('a'),
      own('b'),
      ...[standIn('for-a', 'a'), standIn('also-for-a', 'a'), standIn('for-both', 'a', 'b')],
    ]
    const by = approve
    expect(tally(2, may, by('a', 'for-a'))).toBe('pending')
    expect(tally(2, may, by('for-a', 'also-for-a'))).toBe('pending')
    expect(tally(2, may, by('for-both', 'for-a'))).toBe('approved')
    expect(tally(2, may, by('for-a', 'b'))).toBe('approved')
    expect(tally('all', may, by('for-a', 'b'))).toBe('approved')
    expect(tally('all', may, by('for-both'))).toBe('approved')
    expect(tally('all', may, by('b', 'for-b', 'gone'))).toBe('pending')
  })

  test('where all have to approve, a colleague who stands in for another gives both voices', () => {
    const all = step({ quorum: 'all' })
    const people = [person('ada', ['security']), person('ben', ['security']), person('cem', ['security'])]
    const away = [{ fromId: 'ada', toId: 'ben' }]
    const may = eligibleFor(all, request, people, away)
    expect(tally('all', may, approve('ben'))).toBe('pending')
    expect(stillNeeded('all', may, approve('ben'))).toEqual({ approvals: 1, personIds: ['cem'], attainable: true })
    expect(tally('all', may, approve('ben', 'cem'))).toBe('approved')
    expect(tally('all', may, approve('ada', 'cem'))).toBe('pending')
    const two = eligibleFor(step({ quorum: 2 }), request, people, away)
    expect(tally(2, two, approve('ben'))).toBe('pending')
    expect(stillNeeded(2, two, approve('ben'))).toMatchObject({ approvals: 1, personIds: ['ada', 'cem'] })
    expect(stillNeeded(4, two, approve('ben'))).toMatchObject({ approvals: 3, attainable: false })
  })

  test('everybody who may decide is always enough where all have to approve', () => {
    const names = fc.constantFrom('ada', 'ben', 'cem', 'asker')
    const delegations = fc.array(fc.record({ fromId: names, toId: names }))
    const roles = fc.array(fc.constantFrom('security', 'developer'), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(delegations, roles, (stands, held) => {
        const people = ['ada', 'ben', 'cem', 'asker'].map((id, at) => person(id, [held[at] ?? '']))
        const may = eligibleFor(step({ quorum: 'all' }), request, people, stands)
        const everybody = approve(...may.map(({ personId }) => personId))
        expect(may.length === 0 || tally('all', may, everybody) === 'approved').toBe(true)
        expect(stillNeeded('all', may, []).attainable).toBe(may.length > 0)
      }),
    )
  })

  test('one rejection rejects, however many approve', () => {
    const votes = fc.array(fc.record({ voterId: fc.string(), vote: fc.constantFrom('approve' as const) }))
    fc.assert(
      fc.property(votes, fc.nat(20), (approvals, count) => {
        const eligible = Array.from({ length: count }, (_, at) => own(String(at)))
        expect(tally('any', eligible, [...approvals, { voterId: 'x', vote: 'reject' }])).toBe('rejected')
        expect(approvalsNeeded('all', eligible)).toBeGreaterThan(0)
      }),
    )
  })
})

test('equal content has an equal digest, in whatever order its fields are', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), content => {
      const turned = Object.fromEntries(Object.entries(content).reverse())
      expect(snapshotDigest(turned)).toBe(snapshotDigest(content))
      expect(snapshotDigest({ ...content, 'one more': 1 })).not.toBe(snapshotDigest(content))
    }),
  )
})

test('a policy that escalates says after how long and to whom', () => {
  const half = { name: 'x', approvers: { roles: ['legal'] }, escalateAfterHours: 2 }
  expect(() => ApprovalPolicy.parse({ steps: [half] })).toThrow(/after how long and to whom/)
  expect(() => ApprovalPolicy.parse({ steps: [{ name: 'x', approvers: {} }] })).toThrow(/at least one role/)
})
