import Link from 'next/link'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ConfigKind } from '#core/contracts/config-documents.ts'
import type { Publication } from '#lib/gateway-fleet/publications.ts'

const KINDS: Record<ConfigKind, { label: string; href: ((id: string) => string) | null }> = {
  organization: { label: 'Organization', href: null },
  team: { label: 'Team', href: id => `/admin/teams/${id}` },
  provider: { label: 'Provider', href: id => `/admin/providers/${id}` },
  model: { label: 'Model', href: id => `/build/models/${id}` },
  rate_limit: { label: 'Rate limit', href: id => `/operate/rate-limits/${id}` },
  budget: { label: 'Budget', href: id => `/finance/budgets/${id}` },
  key: { label: 'API key', href: id => `/build/keys/${id}` },
  tier: { label: 'Tier', href: () => '/govern/classification' },
  data_source: { label: 'Data source', href: () => '/govern/classification' },
  guardrail: { label: 'Guardrail', href: () => '/operate/guardrails' },
  detector: { label: 'Pattern', href: () => '/operate/guardrails' },
  content_key: { label: 'Content key', href: () => '/security/content-log' },
  route: { label: 'Route', href: id => `/operate/routes/${id}` },
  policy: { label: 'Policy', href: id => `/govern/policies/${id}` },
  acknowledgement: { label: 'Acknowledgement', href: null },
  cache_policy: { label: 'Cache policy', href: id => `/operate/cache/${id}` },
  exemption: { label: 'Exemption', href: id => `/govern/exemptions/${id}` },
  workload: { label: 'Workload', href: id => `/workloads/${id}` },
}

/** What was last published to the gateways, newest first. */
export function Publications({ publications }: { publications: readonly Publication[] }) {
  if (publications.length === 0) return <p className="text-muted text-sm">Nothing has been published yet.</p>
  return (
    <Table label="Recent publications">
      <TableHead>
        <tr>
          <TableHeader>Version</TableHeader>
          <TableHeader>What</TableHeader>
          <TableHeader>Kind</TableHeader>
          <TableHeader>When</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {publications.map(publication => (
          <TableRow key={publication.version}>
            <TableCell>
              <Badge icon={null}>v{publication.version}</Badge>
            </TableCell>
            <TableCell>
              <Subject publication={publication} />
            </TableCell>
            <TableCell className="text-muted">{KINDS[publication.kind].label}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              <RelativeTime time={publication.publishedAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Subject({ publication: { kind, id, name, withdrawn } }: { publication: Publication }) {
  const { label, href } = KINDS[kind]
  if (withdrawn) return <span className="text-muted">{label} taken away</span>
  if (name === null) return <span className="text-muted">{label} outside your reach</span>
  if (!href) return name
  return (
    <Link href={href(id)} className="font-medium underline-offset-3 hover:underline">
      {name}
    </Link>
  )
}
