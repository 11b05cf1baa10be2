import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { momentOf, nextMeeting, wallClock } from './cadence.ts'
import { Cadence, type QuorumRule, type Seat, VOTING_RULES } from './charter.ts'
import { decisionNumber } from './decision-number.ts'
import { canonicalMinutes, draftOf, minutesDigest } from './minutes.ts'
import { quorumNeeded, quorumOf } from './quorum.ts'
import { BOARD_VOTES, tallyVotes, votesNeeded } from './tally.ts'

const seats = (count: number, silent = 0): Seat[] =>
  Array.from({ length: count + silent }, (_, at) => ({
    personId: `p${at}`,
    name: `Person ${at}`,
    role: 'member',
    votes: at < count,
  }))

describe('the quorum', () => {
  test.each<[QuorumRule, number, number]>([
    [{ kind: 'majority' }, 4, 3],
    [{ kind: 'majority' }, 5, 3],
    [{ kind: 'fraction', numerator: 2, denominator: 3 }, 3, 2],
    [{ kind: 'fraction', numerator: 2, denominator: 3 }, 5, 4],
    [{ kind: 'fraction', numerator: 1, denominator: 2 }, 4, 2],
    [{ kind: 'number', members: 3 }, 7, 3],
  ])('%o of %i voting members needs %i', (rule, members, needed) => {
    expect(quorumNeeded(rule, members)).toBe(needed)
  })

  test('neither a seat without a vote nor the recused count as present, and nobody is never enough', () => {
    const rule: QuorumRule = { kind: 'majority' }
    const here = new Set(['p0', 'p1', 'p3'])
    expect(quorumOf(rule, seats(3, 1), here)).toEqual({ members: 3, present: 2, needed: 2, met: true })
    expect(quorumOf(rule, seats(3, 1), here, new Set(['p1']))).toMatchObject({ present: 1, met: false })
    expect(quorumOf({ kind: 'fraction', numerator: 1, denominator: 20 }, [], new Set()).met).toBe(false)
  })

  test('more who come never lose it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }), (members, there) => {
        const here = (count: number) => new Set(seats(count).map(({ personId }) => personId))
        const met = quorumOf({ kind: 'majority' }, seats(members), here(there)).met
        return !met || quorumOf({ kind: 'majority' }, seats(members), here(there + 1)).met
      }),
    )
  })
})

describe('the tally', () => {
  test.each([
    ['simple_majority', ['for', 'against'], false],
    ['simple_majority', ['for', 'for', 'against', 'abstain', 'abstain'], true],
    ['two_thirds', ['for', 'for', 'against'], true],
    ['two_thirds', ['for', 'for', 'for', 'against', 'against'], false],
    ['unanimous', ['for', 'abstain', 'recused'], true],
    ['unanimous', ['for', 'for', 'against'], false],
    ['simple_majority', ['abstain', 'recused'], false],
  ] as const)('by %s of %o: carried is %s', (rule, votes, carried) => {
    expect(tallyVotes(rule, votes).carried).toBe(carried)
  })

  const anyVotes = fc.array(fc.constantFrom(...BOARD_VOTES), { maxLength: 20 })
  test('abstaining changes nothing, another vote for never sinks a motion, and strictness is in order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...VOTING_RULES), anyVotes, (rule, votes) => {
        const { carried } = tallyVotes(rule, votes)
        expect(tallyVotes(rule, [...votes, 'abstain', 'recused']).carried).toBe(carried)
        if (carried) expect(tallyVotes(rule, [...votes, 'for']).carried).toBe(true)
        if (tallyVotes('unanimous', votes).carried) expect(tallyVotes('two_thirds', votes).carried).toBe(true)
        if (tallyVotes('two_thirds', votes).carried) expect(tallyVotes('simple_majority', votes).carried).toBe(true)
        expect(votesNeeded(rule, votes.length)).toBeGreaterThan(0)
      }),
    )
  })
})

describe('the cadence', () => {
  const monthly = Cadence.parse({ every: 'month', weekday: 1, week: 2, time: '14:00', timeZone: 'Europe/Warsaw' })
  const at = (text: string) => Date.parse(text)

  test.each([
    [monthly, '2026-11-01T00:00:00Z', '2026-11-10T13:00:00Z'],
    [monthly, '2026-11-10T13:00:00Z', '2026-12-08T13:00:00Z'],
    // Summer time began in between: the clocks at the place show 14:00 all the same.
    [monthly, '2026-03-11T00:00:00Z', '2026-04-14T12:00:00Z'],
    [{ ...monthly, every: 'quarter' as const }, '2026-11-01T00:00:00Z', '2027-01-12T13:00:00Z'],
    [{ ...monthly, every: 'week' as const }, '2026-11-10T12:59:00Z', '2026-11-10T13:00:00Z'],
    [{ ...monthly, every: 'week' as const }, '2026-11-10T13:00:00Z', '2026-11-17T13:00:00Z'],
  ])('%o after %s meets at %s', (cadence, after, next) => {
    expect(new Date(nextMeeting(cadence, at(after))).toISOString()).toBe(new Date(next).toISOString())
  })

  test('every two weeks keeps the rhythm of the meeting before', () => {
    const cadence = { ...monthly, every: 'two_weeks' as const }
    const last = at('2026-11-10T13:00:00Z')
    expect(new Date(nextMeeting(cadence, at('2026-11-12T00:00:00Z'), last)).toISOString()).toContain('2026-11-24')
    expect(new Date(nextMeeting(cadence, last, last)).toISOString()).toContain('2026-11-24')
  })

  test('always comes after, at the same wall-clock time', () => {
    const cadences = fc.record({
      every: fc.constantFrom('week' as const, 'two_weeks' as const, 'month' as const, 'quarter' as const),
      weekday: fc.integer({ min: 0, max: 6 }),
      week: fc.integer({ min: 1, max: 4 }),
      time: fc.constantFrom('08:30', '14:00', '23:45'),
      timeZone: fc.constantFrom('UTC', 'Europe/Warsaw', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'),
      minutes: fc.constant(60),
    })
    fc.assert(
      fc.property(cadences, fc.integer({ min: at('2025-01-01'), max: at('2035-01-01') }), (cadence, after) => {
        const next = nextMeeting(cadence, after)
        expect(next).toBeGreaterThan(after)
        expect(wallClock(next, cadence.timeZone).slice(11)).toBe(cadence.time)
      }),
    )
  })

  test('a time that a clock change skips or repeats is one moment', () => {
    const day = (month: number, at: number) => ({ year: 2026, month, day: at })
    expect(new Date(momentOf(day(3, 29), '02:30', 'Europe/Warsaw')).toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(new Date(momentOf(day(10, 25), '02:30', 'Europe/Warsaw')).toISOString()).toBe('2026-10-25T00:30:00.000Z')
  })
})

test('decisions are numbered within their year', () => {
  expect([decisionNumber(2026, 14), decisionNumber(2026, 1_000)]).toEqual(['BD-2026-014', 'BD-2026-1000'])
})

describe('minutes', () => {
  const source = {
    title: 'Minutes: Review board meeting 3',
    when: '10 November 2026, 14:00 (Europe/Warsaw)',
    location: 'Room 4',
    opened: '14:02',
    closed: '14:40',
    quorum: 'The quorum is 2.',
    attendance: [
      { name: 'Noor', role: 'Chair', votes: true, stays: ['14:02 to 14:40'] },
      { name: 'Amina', role: 'Member', votes: true, stays: [] },
    ],
    items: [{ title: 'A *starred* title', background: '# Shouted', notes: '', ended: 'Deferred.', decision: null }],
    actionItems: [{ text: 'Write it up', owner: 'Noor', due: '2026-11-20' }],
  }

  test('tell who was there, what was dealt with and what has to be done', () => {
    const text = draftOf(source)
    expect(text).toContain('- Noor, chair: 14:02 to 14:40')
    expect(text).toContain('Absent: Amina.')
    expect(text).toContain('## 1. A \\*starred\\* title')
    expect(text).not.toContain('# Shouted')
    expect(text).toContain('- Write it up (Noor, by 2026-11-20)')
  })

  test('have one hash however their lines end, and another for other words', () => {
    const text = draftOf(source)
    expect(minutesDigest(`\n${text.replaceAll('\n', '  \r\n')}`)).toBe(minutesDigest(text))
    expect(minutesDigest(text.replace('Noor', 'Nora'))).not.toBe(minutesDigest(text))
    fc.assert(fc.property(fc.string(), words => canonicalMinutes(canonicalMinutes(words)) === canonicalMinutes(words)))
  })
})
