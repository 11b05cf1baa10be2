import { expect, test } from 'vitest'
import { reachableScopes, scopeOfAddress } from './usage-scope.ts'

test('a permission reaches its own view and the narrower ones', () => {
  expect(reachableScopes('own')).toEqual(['mine'])
  expect(reachableScopes('team')).toEqual(['mine', 'team'])
  expect(reachableScopes('organization')).toEqual(['mine', 'team', 'organization'])
})

test('the address cannot widen the view', () => {
  expect(scopeOfAddress('organization', ['mine', 'team'])).toBe('team')
  expect(scopeOfAddress('mine', ['mine', 'team'])).toBe('mine')
  expect(scopeOfAddress(undefined, ['mine', 'team'])).toBe('team')
})
