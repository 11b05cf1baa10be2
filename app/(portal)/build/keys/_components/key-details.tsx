import Link from 'next/link'
import type { Definition } from '#components/page/definition-list.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Code } from '#components/ui/code-block.tsx'
import type { KeyDto } from '#lib/keys/schema.ts'
import { ENVIRONMENT_LABELS } from './key-state.tsx'

/** Where a key comes from and when it ends, a line each. */
export function keyDetails(record: KeyDto): Definition[] {
  return [
    { term: 'Key', value: <Code>{record.hint}</Code> },
    { term: 'Team', value: record.teamName },
    { term: 'Person', value: record.personName ?? 'Issued with a service token, for the team' },
    { term: 'Environment', value: ENVIRONMENT_LABELS[record.environment] },
    ...(record.workloadId
      ? [
          {
            term: 'Workload',
            value: (
              <Link href={`/workloads/${record.workloadId}`} className="text-accent-text underline underline-offset-3">
                every call belongs to the one it is bound to
              </Link>
            ),
          },
        ]
      : []),
    { term: 'Issued', value: <RelativeTime time={record.createdAt} /> },
    { term: 'Expires', value: <RelativeTime time={record.expiresAt} /> },
    ...(record.revokedAt
      ? [
          {
            term: 'Revoked',
            value: (
              <>
                <RelativeTime time={record.revokedAt} />
                {record.revokedReason ? `: ${record.revokedReason}` : ''}
              </>
            ),
          },
        ]
      : []),
    ...(record.rotatedFromId
      ? [
          {
            term: 'Replaces',
            value: (
              <Link
                href={`/build/keys/${record.rotatedFromId}`}
                className="text-accent-text underline underline-offset-3"
              >
                the key it was rotated from
              </Link>
            ),
          },
        ]
      : []),
  ]
}
