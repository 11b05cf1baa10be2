import Link from 'next/link'
import type { Definition } from '#components/page/definition-list.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Code } from '#components/ui/code-block.tsx'
import type { KeyDto } from '#lib/keys/schema.ts'
import type { SourceChoice } from './key-facts.ts'
import { ENVIRONMENT_LABELS } from './key-state.tsx'

/** Where a key comes from and when it ends, a line each. */
export function keyDetails(record: KeyDto, sources: readonly SourceChoice[]): Definition[] {
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
    { term: 'Classification', value: record.tier ? `At least ${record.tier}` : 'What each request says' },
    { term: 'Data sources', value: sourcesText(record.dataSourceIds, sources) },
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

/** One that is out of use is not known to gateways any more, which then take the highest tier. */
function sourcesText(ids: readonly string[], sources: readonly SourceChoice[]): string {
  if (ids.length === 0) return 'None named'
  const known = sources.filter(({ id }) => ids.includes(id)).map(({ name, tier }) => `${name} (${tier})`)
  const gone = ids.length - known.length
  const all = gone > 0 ? [...known, `${gone} out of use, which counts as the highest tier`] : known
  return new Intl.ListFormat('en').format(all)
}
