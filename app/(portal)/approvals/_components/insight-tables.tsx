import { formatDuration, formatNumber, formatPercent } from '#components/format.ts'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ApprovalInsightDto } from '#lib/approvals/dto.ts'
import { HOUR_MS } from './insight-words.ts'

/** Each rule with the shares of what came of its requests. */
export function RuleTable({ rules }: { rules: ApprovalInsightDto['byRule'] }) {
  return (
    <Table label="Rules">
      <TableHead>
        <TableRow>
          <TableHeader>Rule</TableHeader>
          <TableHeader numeric>Ended</TableHeader>
          <TableHeader numeric>Approved</TableHeader>
          <TableHeader numeric>Rejected</TableHeader>
          <TableHeader numeric>Unanswered</TableHeader>
          <TableHeader numeric>Median</TableHeader>
          <TableHeader numeric>Hardly read</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rules.map(({ kindTitle, rule, approved, rejected, unanswered, medianHours, unread }) => {
          const all = approved + rejected + unanswered
          return (
            <TableRow key={`${kindTitle} ${rule}`}>
              <TableCell className="min-w-52">
                {rule} <span className="text-muted">{kindTitle}</span>
              </TableCell>
              <TableCell numeric>{formatNumber(all)}</TableCell>
              <TableCell numeric>{formatPercent(approved / all, 0)}</TableCell>
              <TableCell numeric>{formatPercent(rejected / all, 0)}</TableCell>
              <TableCell numeric>{formatPercent(unanswered / all, 0)}</TableCell>
              <TableCell numeric>{timeText(medianHours)}</TableCell>
              <TableCell numeric>{formatNumber(unread)}</TableCell>
            </TableRow>
          )
        })}
      </TableBody>
    </Table>
  )
}

/** Each person who voted. */
export function DeciderTable({ deciders }: { deciders: ApprovalInsightDto['byDecider'] }) {
  return (
    <Table label="Persons who decide">
      <TableHead>
        <TableRow>
          <TableHeader>Person</TableHeader>
          <TableHeader numeric>Approvals</TableHeader>
          <TableHeader numeric>Rejections</TableHeader>
          <TableHeader numeric>Median</TableHeader>
          <TableHeader numeric>Hardly read</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {deciders.map(({ name, approvals, rejections, medianHours, unread }) => (
          <TableRow key={name}>
            <TableCell className="min-w-36">{name}</TableCell>
            <TableCell numeric>{formatNumber(approvals)}</TableCell>
            <TableCell numeric>{formatNumber(rejections)}</TableCell>
            <TableCell numeric>{timeText(medianHours)}</TableCell>
            <TableCell numeric>{formatNumber(unread)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function timeText(hours: number | null): string {
  return formatDuration(hours === null ? null : hours * HOUR_MS)
}
