import { Download } from 'lucide-react'
import Link from 'next/link'
import { formatDuration, formatMoney, formatNumber, formatPercent, formatTokens } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { parseUsd } from '#core/usd.ts'
import type { UsageRow, UsageSummaryDto } from '#lib/usage/schema.ts'

export const USAGE_TABLE_GROUPS = ['model', 'team', 'key', 'person'] as const
export type UsageTableGroup = (typeof USAGE_TABLE_GROUPS)[number]

const NAMES: Record<UsageTableGroup, string> = { model: 'Model', team: 'Team', key: 'Key', person: 'Person' }

type UsageTableProps = {
  summary: UsageSummaryDto
  group: UsageTableGroup
  /** The address of the page with another grouping. */
  hrefOf: (group: UsageTableGroup) => string
  /** The requests behind a row. */
  rowsHref: (row: UsageRow) => string | null
  csvHref: string
}

/** Who or what the sums are made of, dearest first. */
export function UsageTable({ summary, group, hrefOf, rowsHref, csvHref }: UsageTableProps) {
  const cost = Number(summary.totals.costUsd)
  return (
    <Section
      title="What is it made of?"
      actions={
        <ButtonLink href={csvHref} download prefetch={false} variant="ghost" size="sm">
          <Download aria-hidden />
          CSV
        </ButtonLink>
      }
    >
      <TabLinks
        label="Grouped by"
        items={USAGE_TABLE_GROUPS.map(each => ({ href: hrefOf(each), label: `By ${NAMES[each].toLowerCase()}` }))}
        current={hrefOf(group)}
      />
      <Table label={`Usage by ${group}`}>
        <TableHead>
          <tr>
            <TableHeader>{NAMES[group]}</TableHeader>
            <TableHeader numeric>Requests</TableHeader>
            <TableHeader numeric className="max-md:hidden">
              Refused
            </TableHeader>
            <TableHeader numeric className="max-sm:hidden">
              Tokens in
            </TableHeader>
            <TableHeader numeric className="max-lg:hidden">
              From cache
            </TableHeader>
            <TableHeader numeric className="max-sm:hidden">
              Tokens out
            </TableHeader>
            <TableHeader numeric>Cost, USD</TableHeader>
            <TableHeader numeric className="max-md:hidden">
              Share
            </TableHeader>
            <TableHeader numeric className="max-lg:hidden">
              Mean time
            </TableHeader>
            <TableHeader className="max-md:hidden">Last</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {summary.data.map(row => (
            <Row key={row.key ?? 'none'} row={row} href={rowsHref(row)} total={cost} />
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}

function Row({ row, href, total }: { row: UsageRow; href: string | null; total: number }) {
  return (
    <TableRow>
      <TableCell className="font-medium">
        {href ? (
          <Link href={href} className="underline-offset-3 hover:underline">
            {row.label}
          </Link>
        ) : (
          row.label
        )}
      </TableCell>
      <TableCell numeric>{formatNumber(row.requests)}</TableCell>
      <TableCell numeric className="max-md:hidden">
        {formatNumber(row.refused)}
      </TableCell>
      <TableCell numeric className="max-sm:hidden">
        {formatTokens(row.inputTokens + row.cachedInputTokens + row.cacheWriteTokens)}
      </TableCell>
      <TableCell numeric className="max-lg:hidden">
        {formatTokens(row.cachedInputTokens)}
      </TableCell>
      <TableCell numeric className="max-sm:hidden">
        {formatTokens(row.outputTokens + row.reasoningTokens)}
      </TableCell>
      <TableCell numeric>{costText(row)}</TableCell>
      <TableCell numeric className="max-md:hidden">
        {total > 0 ? formatPercent(Number(row.costUsd) / total) : '–'}
      </TableCell>
      <TableCell numeric className="max-lg:hidden">
        {formatDuration(row.meanLatencyMs)}
      </TableCell>
      <TableCell className="whitespace-nowrap max-md:hidden">
        {row.lastAt ? <RelativeTime time={row.lastAt} className="text-muted" /> : '–'}
      </TableCell>
    </TableRow>
  )
}

function costText(row: UsageRow): string {
  if (row.unpricedRequests > 0 && row.unpricedRequests === row.requests - row.refused) return 'unpriced'
  return formatMoney(parseUsd(row.costUsd), { currency: false })
}
