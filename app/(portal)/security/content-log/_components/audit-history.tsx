import Link from 'next/link'
import { BarChart } from '#components/charts/bar-chart.tsx'
import { formatNumber } from '#components/format.ts'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { CONTENT_RULES } from '#core/content/content-audit.ts'
import type { ContentAuditDto } from '#lib/content-log/schema.ts'

const MOST_SHOWN = 12

/** Audits so far, the newest first, and how many findings each had. */
export function AuditHistory({ audits, openId }: { audits: readonly ContentAuditDto[]; openId: string | undefined }) {
  if (audits.length === 0) return <p className="text-muted text-sm">No audit has been made yet.</p>
  return (
    <div className="flex flex-col gap-4">
      {audits.length > 1 ? <FindingsChart audits={audits} /> : null}
      <Table label="Audits of the content log">
        <TableHead>
          <tr>
            <TableHeader>When</TableHeader>
            <TableHeader>By</TableHeader>
            <TableHeader numeric>Entries checked</TableHeader>
            <TableHeader numeric>Inspected</TableHeader>
            <TableHeader>Result</TableHeader>
            <TableHeader>SHA-256</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {audits.slice(0, MOST_SHOWN).map(audit => (
            <AuditRow key={audit.id} audit={audit} open={audit.id === openId || audit.violations > 0} />
          ))}
        </TableBody>
      </Table>
    </div>
  )
}

function AuditRow({ audit, open }: { audit: ContentAuditDto; open: boolean }) {
  const { record, violations, sha256, intact } = audit
  return (
    <TableRow id={audit.id}>
      <TableCell className="whitespace-nowrap">
        <RelativeTime time={record.effectiveAt} />
      </TableCell>
      <TableCell>{record.collector}</TableCell>
      <TableCell numeric>{formatNumber(audit.entries)}</TableCell>
      <TableCell numeric>{formatNumber(audit.sampleSize)}</TableCell>
      <TableCell>
        <Badge tone={violations === 0 ? 'ok' : 'bad'}>
          {violations === 0 ? 'In order' : `${formatNumber(violations)} should not be there`}
        </Badge>
        {open ? <Findings audit={audit} /> : null}
      </TableCell>
      <TableCell>
        <span className="font-mono text-xs" title={sha256}>
          {sha256.slice(0, 12)}
        </span>{' '}
        {intact ? null : <Badge tone="bad">changed since</Badge>}
      </TableCell>
    </TableRow>
  )
}

function Findings({ audit: { record } }: { audit: ContentAuditDto }) {
  const named = record.violations.slice(0, 5)
  const broken = record.checks.filter(check => check.violations > 0)
  return (
    <ul className="mt-1.5 flex max-w-lg flex-col gap-1 text-xs">
      {broken.map(({ rule, violations }) => (
        <li key={rule}>
          {CONTENT_RULES[rule]}: {formatNumber(violations)}
        </li>
      ))}
      {named.map(({ requestId, rule, detector, location }) => (
        <li key={`${requestId} ${rule} ${location}`} className="text-muted">
          <Link href={`/operate/requests/${requestId}`} className="font-mono underline underline-offset-3">
            {requestId.slice(-12)}
          </Link>{' '}
          {detector ? `${detector} in ${location}` : ''}
        </li>
      ))}
    </ul>
  )
}

function FindingsChart({ audits }: { audits: readonly ContentAuditDto[] }) {
  const points = audits.toReversed().map(({ record, violations }) => ({
    at: record.effectiveAt,
    values: { violations },
  }))
  return (
    <BarChart
      title="What did audits find?"
      subtitle="entries that should not be there, by audit"
      points={points}
      series={[{ key: 'violations', label: 'Findings' }]}
      unit="count"
      bucket="day"
      height={110}
      source={{ name: 'audits of the content log', period: 'the last 30 audits', asOf: new Date().toISOString() }}
    />
  )
}
