import { TabLinks } from '#components/ui/tab-links.tsx'

/** The pages about deciding, beside the requests themselves. */
export function ApprovalPages({ seesAll, current }: { seesAll: boolean; current: string }) {
  const items = [
    { href: '/approvals', label: 'Requests' },
    { href: '/approvals/delegations', label: 'Delegations' },
    ...(seesAll
      ? [
          { href: '/approvals/policies', label: 'How it is decided' },
          { href: '/approvals/insight', label: 'Insight' },
        ]
      : []),
  ]
  return <TabLinks label="About approvals" items={items} current={current} />
}
