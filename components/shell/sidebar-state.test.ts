import { expect, test } from 'vitest'
import { sidebarCookieValue, sidebarStateOf } from './sidebar-state.ts'

test('the cookie brings the state back', () => {
  const state = { collapsed: true, closedGroups: ['Govern', 'Assure'] }
  expect(sidebarStateOf(sidebarCookieValue(state))).toEqual(state)
  expect(sidebarStateOf(encodeURIComponent(sidebarCookieValue(state)))).toEqual(state)
})

test('no cookie or a broken one means open', () => {
  expect(sidebarStateOf(undefined)).toEqual({ collapsed: false, closedGroups: [] })
  expect(sidebarStateOf('%E0%A4%A')).toEqual({ collapsed: false, closedGroups: [] })
})
