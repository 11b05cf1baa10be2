import { formatCount } from '#components/format.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { TierDto } from '#lib/tiers/schema.ts'
import { EditTier } from './edit-tier.tsx'
import { LOGGING } from './tier-words.ts'

/** The tiers and what each of them does to a request, the least sensitive first. */
export function TiersTable({ tiers, manages }: { tiers: readonly TierDto[]; manages: boolean }) {
  return (
    <Table label="Classification tiers">
      <TableHead>
        <tr>
          <TableHeader>Tier</TableHeader>
          <TableHeader>Content kept</TableHeader>
          <TableHeader>Cache</TableHeader>
          <TableHeader>Regions</TableHeader>
          <TableHeader>Models</TableHeader>
          {manages ? <TableHeader>Change</TableHeader> : null}
        </tr>
      </TableHead>
      <TableBody>
        {tiers.map(tier => (
          <TableRow key={tier.id}>
            <TableCell className="min-w-56">
              <span className="font-medium">{tier.name}</span>
              <span className="block max-w-96 text-muted text-xs">{tier.description}</span>
            </TableCell>
            <TableCell className="whitespace-nowrap">
              {LOGGING[tier.contentLogging].label}
              {tier.contentLogging === 'metadata' ? null : (
                <span className="block text-muted text-xs">{formatCount(tier.contentRetentionDays, 'day')}</span>
              )}
            </TableCell>
            <TableCell className="whitespace-nowrap">{tier.cacheable ? 'Answers may be kept' : 'Never'}</TableCell>
            <TableCell>{tier.regions.length > 0 ? tier.regions.join(', ') : 'Anywhere'}</TableCell>
            <TableCell className="tabular-nums">{tier.models}</TableCell>
            {manages ? (
              <TableCell>
                <EditTier tier={tier} nextRank={tier.rank} />
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
