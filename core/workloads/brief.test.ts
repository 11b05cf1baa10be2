import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BriefContent, type BriefDraft, briefProblems, briefProgress, leastTier } from './brief.ts'
import { BRIEF_STEPS } from './brief-steps.ts'

const ID = '019aa000-0000-7000-8000-000000000001'
const WHOLE: BriefDraft = {
  name: 'Support chat',
  teamId: ID,
  ownerId: ID,
  content: {
    objective: 'Answer customers',
    currentState: 'People answer each of them',
    approach: 'Drafts from the handbook',
    inputTier: 'Internal',
    outputTier: 'Public',
    modelIds: [ID],
    metrics: [{ name: 'Solved at first contact', minimum: '60 %', target: '75 %' }],
    latencyMs: 2_000,
    requestsPerDay: 400,
    costPerCallUsd: '0.05',
    costPerMonthUsd: '600',
    inScope: 'Orders and returns',
    outOfScope: 'Legal advice',
    rollback: 'Below the minimum for a week: people answer again',
    decommission: 'When the shop closes its chat',
    autonomy: 'suggests',
    oversight: 'An agent sends every answer',
    peopleAffected: 'Customers',
  },
}
const FIELDS = Object.keys(WHOLE.content) as (keyof BriefContent)[]

test('a whole brief lacks nothing, and an empty one something in every step', () => {
  expect(briefProblems(WHOLE)).toEqual([])
  expect(briefProgress(WHOLE)).toBe(1)
  const empty = { name: '', teamId: null, ownerId: null, content: {} }
  expect(new Set(briefProblems(empty).map(({ step }) => step)).size).toBe(BRIEF_STEPS.length)
  expect(briefProgress(empty)).toBe(0)
})

test('whatever is left out is named, and nothing else', () => {
  fc.assert(
    fc.property(fc.subarray(FIELDS), left => {
      const content = Object.fromEntries(
        Object.entries(WHOLE.content).filter(([name]) => !left.includes(name as never)),
      )
      const named = briefProblems({ ...WHOLE, content }).map(({ field }) => field.split('.')[1])
      expect(named.sort()).toEqual([...left].sort())
    }),
  )
})

test('blank text is no text, and half a measure is none', () => {
  const of = (content: object) => briefProblems({ ...WHOLE, content: { ...WHOLE.content, ...content } })
  expect(of({ objective: '   ' })).toMatchObject([{ field: 'content.objective' }])
  expect(of({ metrics: [{ name: 'Speed', minimum: '', target: '1 s' }] })).toMatchObject([
    { field: 'content.metrics.0' },
  ])
})

test('unknown fields and amounts that are none are refused', () => {
  expect(BriefContent.safeParse({ colour: 'red' }).success).toBe(false)
  expect(BriefContent.safeParse({ costPerMonthUsd: 'much' }).success).toBe(false)
  expect(BriefContent.safeParse(WHOLE.content).success).toBe(true)
})

test('its calls take the higher of the two tiers', () => {
  const tiers = [
    { name: 'Public', rank: 0 },
    { name: 'Internal', rank: 10 },
  ]
  expect(leastTier({ inputTier: 'Internal', outputTier: 'Public' }, tiers)).toBe('Internal')
  expect(leastTier({ inputTier: 'Public', outputTier: 'Internal' }, tiers)).toBe('Internal')
  expect(leastTier({}, tiers)).toBeNull()
})
