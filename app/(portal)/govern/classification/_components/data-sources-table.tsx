import { formatDate } from '#components/format.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { DataSourceDto } from '#lib/data-sources/schema.ts'
import { EditDataSource, type PersonChoice } from './edit-data-source.tsx'

type Props = {
  sources: readonly DataSourceDto[]
  tiers: readonly string[]
  people: readonly PersonChoice[]
  manages: boolean
}

/** Where data comes from, how sensitive it is, and what uses it. */
export function DataSourcesTable({ sources, tiers, people, manages }: Props) {
  return (
    <Table label="Data sources">
      <TableHead>
        <tr>
          <TableHeader>Data source</TableHeader>
          <TableHeader>Tier</TableHeader>
          <TableHeader>Owner</TableHeader>
          <TableHeader>Systems</TableHeader>
          <TableHeader>Regions</TableHeader>
          <TableHeader>Used by</TableHeader>
          <TableHeader>Review</TableHeader>
          {manages ? <TableHeader>Change</TableHeader> : null}
        </tr>
      </TableHead>
      <TableBody>
        {sources.map(source => (
          <TableRow key={source.id}>
            <TableCell>
              <span className="block min-w-44 font-medium">{source.name}</span>
              <span className="block max-w-80 text-muted text-xs">{source.description}</span>
              <code className="text-muted text-xs">{source.slug}</code>
            </TableCell>
            <TableCell>
              <Badge>{source.tier}</Badge>
            </TableCell>
            <TableCell className="min-w-32">{source.ownerName ?? 'Nobody yet'}</TableCell>
            <TableCell className="min-w-36">
              {source.systems.length > 0 ? source.systems.join(', ') : 'Not stated'}
            </TableCell>
            <TableCell>{source.regions.length > 0 ? source.regions.join(', ') : 'As its tier'}</TableCell>
            <TableCell className="min-w-56">{usedBy(source)}</TableCell>
            <TableCell className="min-w-36">{reviewOf(source)}</TableCell>
            {manages ? (
              <TableCell>
                <EditDataSource source={source} tiers={tiers} people={people} />
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function reviewOf({ reviewDueAt, reviewedByName }: DataSourceDto) {
  if (reviewDueAt === null) return <span className="text-warn-text">Never reviewed</span>
  const overdue = Date.parse(reviewDueAt) <= Date.now()
  return (
    <>
      <span className={overdue ? 'text-bad-text' : ''}>
        {overdue ? 'Was due' : 'Due'} {formatDate(reviewDueAt)}
      </span>
      {reviewedByName ? <span className="block text-muted text-xs">Last by {reviewedByName}</span> : null}
    </>
  )
}

function usedBy({ workloads, keys }: DataSourceDto): string {
  const parts = [...workloads]
  if (keys > 0) parts.push(keys === 1 ? '1 key' : `${keys} keys`)
  return parts.length > 0 ? parts.join(', ') : 'Nothing yet'
}
