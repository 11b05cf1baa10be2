import { expect, test } from 'vitest'
import { EVERYONE, roleGives } from './role-words.ts'

test('a role tells what it gives beyond what everybody has, with its reach', () => {
  expect(roleGives('developer')).toMatch(/Of their teams: .*issue API keys/)
  expect(roleGives('developer')).not.toContain('see the model catalog')
  expect(roleGives('administrator')).toBe('Everything, everywhere.')
})

test('everybody sees their own keys and nobody else’s', () => {
  expect(EVERYONE['keys.read']).toBe('own')
})
