import { TabLinks } from '#components/ui/tab-links.tsx'

const TABS = [
  { href: '/govern/board', label: 'Meetings' },
  { href: '/govern/board/decisions', label: 'Decisions' },
  { href: '/govern/board/action-items', label: 'Action items' },
  { href: '/govern/board/charter', label: 'Charter' },
]

/** The parts of the board's pages. */
export function BoardTabs({ current }: { current: string }) {
  return <TabLinks label="Review board" items={TABS} current={current} />
}
