import Link from 'next/link'
import { formatBytes, formatCount, formatDate, formatNumber } from '#components/format.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ContentTierDto } from '#lib/content-log/schema.ts'

const LOGGING: Record<ContentTierDto['logging'], { label: string; tone: 'neutral' | 'warn' | 'ok' }> = {
  full: { label: 'Full', tone: 'neutral' },
  restricted: { label: 'Restricted access', tone: 'warn' },
  metadata: { label: 'Metadata only', tone: 'ok' },
}

/** What each tier keeps, how much of it there is, and for how long. */
export function ContentTiers({ tiers, enabled }: { tiers: readonly ContentTierDto[]; enabled: boolean }) {
  if (tiers.length === 0) {
    return (
      <p className="text-muted text-sm">
        There are no tiers, and without one nothing is kept. Begin under{' '}
        <Link href="/govern/classification" className="underline underline-offset-3">
          Classification
        </Link>
        .
      </p>
    )
  }
  return (
    <Table label="Content kept by tier">
      <TableHead>
        <tr>
          <TableHeader>Tier</TableHeader>
          <TableHeader>Kept</TableHeader>
          <TableHeader>For</TableHeader>
          <TableHeader numeric>Requests</TableHeader>
          <TableHeader numeric>Content</TableHeader>
          <TableHeader numeric>Stored</TableHeader>
          <TableHeader>Oldest</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {tiers.map(tier => (
          <TableRow key={tier.name}>
            <TableCell className="font-medium">
              <Link href={`/security/content-log?tier=${encodeURIComponent(tier.name)}`} className="hover:underline">
                {tier.name}
              </Link>
            </TableCell>
            <TableCell>
              <Badge tone={LOGGING[tier.logging].tone}>{LOGGING[tier.logging].label}</Badge>
            </TableCell>
            <TableCell>
              {tier.retentionDays === 0 ? 'never' : formatCount(tier.retentionDays, 'day')}
              {tier.retentionDays > 0 && !enabled ? (
                <span className="block text-muted text-xs">switched off</span>
              ) : null}
            </TableCell>
            <TableCell numeric>{formatNumber(tier.entries)}</TableCell>
            <TableCell numeric>{formatBytes(tier.plainBytes)}</TableCell>
            <TableCell numeric>{formatBytes(tier.storedBytes)}</TableCell>
            <TableCell>{tier.oldestDay ? formatDate(tier.oldestDay) : '–'}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
