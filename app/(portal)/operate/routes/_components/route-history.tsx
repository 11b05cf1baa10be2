import { Timeline } from '#components/page/timeline.tsx'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { changeText } from './route-words.ts'

/** Every version of a route: what changed, who changed it and why. */
export function RouteHistory({ versions }: { versions: readonly RecordVersionDto[] }) {
  return (
    <Timeline
      label="History of this route"
      entries={versions.map(({ id, version, createdAt, authorName, reason, changes }) => ({
        id,
        time: createdAt,
        title: `${version === 1 ? 'Added' : `Version ${version}`} by ${authorName}${reason ? `: ${reason}` : ''}`,
        detail: version === 1 ? null : changes.map(changeText).join(' · '),
      }))}
    />
  )
}
