import Link from 'next/link'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { CommitDto } from '#lib/artifacts/schema.ts'
import { kindTitle } from './commit-words.ts'

/** Commits, newest first: what changed, by whom, approved by whom. */
export function CommitsTable({ commits }: { commits: readonly CommitDto[] }) {
  return (
    <Table label="Commits">
      <TableHead>
        <tr>
          <TableHeader>When</TableHeader>
          <TableHeader>Record</TableHeader>
          <TableHeader className="max-md:hidden">Why</TableHeader>
          <TableHeader>Author</TableHeader>
          <TableHeader className="max-sm:hidden">Approved by</TableHeader>
          <TableHeader className="max-lg:hidden">Commit</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {commits.map(commit => (
          <TableRow key={commit.id}>
            <TableCell className="whitespace-nowrap text-muted">
              <RelativeTime time={commit.at} />
            </TableCell>
            <TableCell>
              <Link
                href={`/assure/artifacts/${commit.id}`}
                className="inline-block py-1 underline-offset-3 hover:underline"
              >
                <span className="text-muted">{kindTitle(commit.kind)}</span>{' '}
                <span className="font-medium">{commit.name || commit.recordId.slice(-8)}</span>, version{' '}
                {commit.version}
              </Link>
            </TableCell>
            <TableCell className="max-w-80 truncate text-muted max-md:hidden">{commit.reason}</TableCell>
            <TableCell>{commit.authorName}</TableCell>
            <TableCell className="max-sm:hidden">
              {commit.approvalId ? (
                <Link
                  href={`/approvals/${commit.approvalId}`}
                  className="inline-block py-1 underline-offset-3 hover:underline"
                >
                  {commit.approverNames.join(', ')}
                </Link>
              ) : (
                <span className="text-muted">nobody had to</span>
              )}
            </TableCell>
            <TableCell className="font-mono text-muted text-xs max-lg:hidden">{commit.oid.slice(0, 10)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
