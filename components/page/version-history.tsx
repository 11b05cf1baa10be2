import { Timeline } from './timeline.tsx'

/** One version of a record: what changed, who changed it and why. */
export type HistoryVersion = {
  id: string
  version: number
  createdAt: string
  authorName: string
  reason: string
  changes: readonly { field: string; before: string | null; after: string | null }[]
}

/** Every version of a record, newest first; `made` says how the first came to be: "Drafted". */
export function VersionHistory({
  versions,
  label,
  made = 'Set',
}: {
  versions: readonly HistoryVersion[]
  label: string
  made?: string
}) {
  return (
    <Timeline
      label={label}
      entries={versions.map(({ id, version, createdAt, authorName, reason, changes }) => ({
        id,
        time: createdAt,
        title: `${version === 1 ? made : 'Changed'} by ${authorName}`,
        detail: [reason, ...(version === 1 ? [] : changes.map(changeText))].filter(Boolean).join(' · ') || null,
      }))}
    />
  )
}

function changeText({ field, before, after }: HistoryVersion['changes'][number]): string {
  return `${field}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`
}
