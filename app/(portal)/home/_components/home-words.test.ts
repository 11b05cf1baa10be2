import { describe, expect, test } from 'vitest'
import { greeting, sinceText } from './home-words.ts'

const morning = new Date('2026-11-21T08:30:00Z')

describe('the heading', () => {
  test.each([
    [0, 'Good morning, Amina. Nothing needs you.'],
    [1, 'Good morning, Amina. One thing needs you.'],
    [3, 'Good morning, Amina. Three things need you.'],
    [14, 'Good morning, Amina. 14 things need you.'],
  ])('counts %i', (needs, text) => {
    expect(greeting('Amina Khalil', needs, morning, 'UTC')).toBe(text)
  })

  test.each([
    ['Asia/Tokyo', 'afternoon'],
    ['Pacific/Auckland', 'evening'],
    ['America/Los_Angeles', 'evening'],
  ])('greets by the clock of %s', (zone, part) => {
    expect(greeting('Amina', 1, morning, zone)).toContain(`Good ${part}`)
  })
})

test.each([
  ['2026-11-20T09:00:00Z', 'Friday'],
  ['2026-11-14T09:00:00Z', 'a week ago'],
  ['2026-10-02T09:00:00Z', '2 October'],
])('the last visit at %s is %s', (since, text) => {
  expect(sinceText(since, morning, 'UTC')).toBe(text)
})
