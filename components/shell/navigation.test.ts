import { expect, test } from 'vitest'
import { currentEntry, type NavigationGroup, visibleNavigation } from './navigation.ts'

const groups: NavigationGroup[] = [
  { entries: [{ label: 'Home', href: '/home', icon: null }] },
  {
    label: 'Agents',
    entries: [
      { label: 'Registry', href: '/agents', icon: null, permission: 'agents.read' },
      { label: 'Approvals', href: '/agents/approvals', icon: null, permission: 'approvals.decide' },
    ],
  },
]

test('entries without the permission disappear, and groups left empty with them', () => {
  const names = (may: string[]) =>
    visibleNavigation(groups, permission => may.includes(permission)).map(group => group.entries.map(e => e.label))
  expect(names(['agents.read'])).toEqual([['Home'], ['Registry']])
  expect(names([])).toEqual([['Home']])
})

test('a path belongs to the most exact entry', () => {
  expect(currentEntry(groups, '/agents/approvals/7')?.entry.label).toBe('Approvals')
  expect(currentEntry(groups, '/agents/bot-1')?.entry.label).toBe('Registry')
  expect(currentEntry(groups, '/agentsmith')).toBeNull()
})
