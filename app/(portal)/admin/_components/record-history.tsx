import 'server-only'
import Link from 'next/link'
import type { Decision } from '#components/page/record-page.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Timeline } from '#components/page/timeline.tsx'
import { listAuditEntries } from '#lib/audit-log/queries.ts'
import { type AuditEntryDto, ListAuditQuery } from '#lib/audit-log/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { rolesThatGrant } from '../../_components/roles-that-grant.ts'
import { actionText } from '../../security/audit/_components/audit-words.ts'

const LATEST = 50

/** What was done to a record, newest first; null when the viewer may not read the audit log. */
export async function recordHistory(ctx: Context, kind: string, id: string): Promise<AuditEntryDto[] | null> {
  if (scopeOf(ctx.actor, 'audit.read') === null) return null
  const query = ListAuditQuery.parse({ subjectKind: kind, subjectId: id, limit: LATEST })
  return (await listAuditEntries(ctx, query)).data
}

/** The history of a record; each entry leads to what it changed. */
export function RecordHistory({ entries }: { entries: readonly AuditEntryDto[] | null }) {
  if (entries === null)
    return (
      <p className="text-muted text-sm">
        The history is part of the audit log. It can be read with the roles{' '}
        {new Intl.ListFormat('en', { type: 'conjunction' }).format(rolesThatGrant('audit.read'))}; an administrator
        gives them.
      </p>
    )
  if (entries.length === 0) return <p className="text-muted text-sm">The audit log holds nothing about it yet.</p>
  return (
    <Timeline
      label="History"
      entries={entries.map(entry => ({
        id: entry.id,
        time: entry.occurredAt,
        title: (
          <Link href={`/security/audit/${entry.id}`} className="underline-offset-3 hover:underline">
            {entry.actor.name} {actionText(entry.action)}
          </Link>
        ),
        detail: entry.reason,
      }))}
    />
  )
}

/** Who last changed a record, for the rail "What decided this"; looking at it or testing it decides nothing. */
export function lastDecision(entries: readonly AuditEntryDto[] | null): Decision[] {
  const last = entries?.find(({ action }) => !action.endsWith('.tested'))
  if (!last) return []
  const detail = (
    <>
      <RelativeTime time={last.occurredAt} />
      {last.reason ? `: ${last.reason}` : ''}
    </>
  )
  return [{ id: last.id, title: `${last.actor.name} ${actionText(last.action)}`, detail }]
}
