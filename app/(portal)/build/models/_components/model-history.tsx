import { Timeline } from '#components/page/timeline.tsx'
import type { HistoryEntry } from '#lib/audit-log/history-of.ts'

const ACTIONS: Record<string, string> = {
  'model.created': 'Added',
  'model.updated': 'Changed',
  'model.lifecycle_changed': 'Lifecycle changed',
  'model.price_added': 'Price added',
}

/** What was done, as a past participle: "Changed". */
export function modelActionText(action: string): string {
  const deed = (action.split('.')[1] ?? action).replaceAll('_', ' ')
  return ACTIONS[action] ?? deed.charAt(0).toUpperCase() + deed.slice(1)
}

/** What was done to a model, from the audit log. */
export function ModelHistory({ entries }: { entries: readonly HistoryEntry[] }) {
  if (entries.length === 0) return <p className="text-muted text-sm">The audit log holds nothing about this model.</p>
  return (
    <Timeline
      label="History of this model"
      entries={entries.map(entry => ({
        id: entry.id,
        time: entry.occurredAt,
        title: `${modelActionText(entry.action)} by ${entry.actorName}`,
        detail: entry.reason,
      }))}
    />
  )
}
