import type { ReactNode } from 'react'
import { RelativeTime } from '#components/page/relative-time.tsx'
import type { RecordVersionDto } from '#lib/records/schema.ts'

/**
 * A version of a record for the rail "What decided this".
 * @param begun what whoever made the first version did: "Set"
 */
export function versionDecision(
  { id, version, authorName, reason, createdAt }: RecordVersionDto,
  begun: string,
): { id: string; title: string; detail: ReactNode } {
  const detail = (
    <>
      <RelativeTime time={createdAt} />
      {reason ? `: ${reason}` : ''}
    </>
  )
  return { id, title: `${version === 1 ? begun : 'Changed'} by ${authorName}`, detail }
}
