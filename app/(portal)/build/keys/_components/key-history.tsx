import { Timeline } from '#components/page/timeline.tsx'
import type { HistoryEntry } from '#lib/audit-log/history-of.ts'

const ACTIONS: Record<string, string> = {
  'key.issued': 'Issued',
  'key.rotated': 'Rotated',
  'key.revoked': 'Revoked',
  'key.data_changed': 'Data changed',
}

/** What was done, as a past participle: "Revoked". */
export function keyActionText(action: string): string {
  return ACTIONS[action] ?? action
}

/** What was done to a key, from the audit log. */
export function KeyHistory({ entries }: { entries: readonly HistoryEntry[] }) {
  if (entries.length === 0) return <p className="text-muted text-sm">The audit log holds nothing about this key.</p>
  return (
    <Timeline
      label="History of this key"
      entries={entries.map(entry => ({
        id: entry.id,
        time: entry.occurredAt,
        title: `${keyActionText(entry.action)} by ${entry.actorName}`,
        detail: entry.reason,
      }))}
    />
  )
}
