import { describe, expect, test } from 'vitest'
import { isCharacterShortcut, matchesShortcut, shortcutKeys } from './shortcut-keys.ts'

const bare = { ctrlKey: false, metaKey: false, altKey: false }

describe('matchesShortcut', () => {
  test('one key, in either case', () => {
    expect(matchesShortcut('j', { ...bare, key: 'j' }, null)).toBe(true)
    expect(matchesShortcut('j', { ...bare, key: 'J' }, null)).toBe(true)
    expect(matchesShortcut('j', { ...bare, key: 'k' }, null)).toBe(false)
    expect(matchesShortcut('Enter', { ...bare, key: 'Enter' }, null)).toBe(true)
  })
  test('the command key is required where named and refused elsewhere', () => {
    expect(matchesShortcut('mod+k', { ...bare, key: 'k', metaKey: true }, null)).toBe(true)
    expect(matchesShortcut('mod+k', { ...bare, key: 'k', ctrlKey: true }, null)).toBe(true)
    expect(matchesShortcut('mod+k', { ...bare, key: 'k' }, null)).toBe(false)
    expect(matchesShortcut('j', { ...bare, key: 'j', ctrlKey: true }, null)).toBe(false)
    expect(matchesShortcut('j', { ...bare, key: 'j', altKey: true }, null)).toBe(false)
  })
  test('a sequence needs its first key before', () => {
    expect(matchesShortcut('g k', { ...bare, key: 'k' }, 'g')).toBe(true)
    expect(matchesShortcut('g k', { ...bare, key: 'k' }, null)).toBe(false)
  })
})

test('only bare characters count as character shortcuts', () => {
  expect(['j', 'g k', 'mod+k', 'Enter'].map(isCharacterShortcut)).toEqual([true, true, false, false])
})

test('keys are shown as the platform prints them', () => {
  expect(shortcutKeys('mod+Enter', true)).toEqual(['⌘', '↵'])
  expect(shortcutKeys('mod+k', false)).toEqual(['Ctrl', 'K'])
  expect(shortcutKeys('g k', true)).toEqual(['G', 'K'])
})
