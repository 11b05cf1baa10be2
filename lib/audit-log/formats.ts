import type { ExportLine } from '#core/audit-record/entry.ts'
import type { ExportFormat } from './schema.ts'

/** How a format is written: what stands first, and one line for each entry, newline included. */
export interface ExportWriter {
  mediaType: string
  extension: string
  head: string
  line(entry: ExportLine): string
}

const COLUMNS: [name: string, value: (line: ExportLine) => unknown][] = [
  ['index', line => line.index],
  ['id', line => line.entry.id],
  ['occurred_at', line => line.entry.occurredAt],
  ['actor_kind', line => line.entry.actor.kind],
  ['actor_id', line => line.entry.actor.id],
  ['actor_name', line => line.entry.actor.name],
  ['action', line => line.entry.action],
  ['subject_kind', line => line.entry.subject.kind],
  ['subject_id', line => line.entry.subject.id],
  ['subject_name', line => line.entry.subject.name],
  ['reason', line => line.entry.reason],
  ['request_id', line => line.entry.requestId],
  ['before', line => line.entry.before && JSON.stringify(line.entry.before)],
  ['after', line => line.entry.after && JSON.stringify(line.entry.after)],
  ['leaf_hash', line => line.leafHash],
]

export const EXPORT_WRITERS: Record<ExportFormat, ExportWriter> = {
  jsonl: {
    mediaType: 'application/jsonl',
    extension: 'jsonl',
    head: '',
    line: entry => `${JSON.stringify(entry)}\n`,
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    extension: 'csv',
    head: `${COLUMNS.map(([name]) => name).join(',')}\r\n`,
    line: entry => `${COLUMNS.map(([, value]) => toCell(value(entry))).join(',')}\r\n`,
  },
  ocsf: {
    mediaType: 'application/jsonl',
    extension: 'ocsf.jsonl',
    head: '',
    line: entry => `${JSON.stringify(toOcsf(entry))}\n`,
  },
}

/** RFC 4180; a text that a spreadsheet would run as a formula is led by an apostrophe. */
function toCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const ENTITY_MANAGEMENT = 3004
const OTHER = { id: 99, name: 'Other' }
const ACTIVITIES: [verbs: RegExp, activity: { id: number; name: string }][] = [
  [/\.(created|issued|added|founded|imported)$/, { id: 1, name: 'Create' }],
  [/\.(read|exported|viewed)$/, { id: 2, name: 'Read' }],
  [/\.(updated|changed|rotated|renamed)$/, { id: 3, name: 'Update' }],
  [/\.(deleted|removed|revoked|archived)$/, { id: 4, name: 'Delete' }],
  [/\.(activated|reactivated|restored)$/, { id: 10, name: 'Activate' }],
  [/\.deactivated$/, { id: 11, name: 'Deactivate' }],
]

/** Class Entity Management of the Open Cybersecurity Schema Framework, 1.5 (https://schema.ocsf.io). */
function toOcsf({ index, leafHash, entry }: ExportLine): object {
  const activity = ACTIVITIES.find(([verbs]) => verbs.test(entry.action))?.[1] ?? OTHER
  const isPerson = entry.actor.kind === 'person'
  return {
    class_uid: ENTITY_MANAGEMENT,
    class_name: 'Entity Management',
    category_uid: 3,
    category_name: 'Identity & Access Management',
    activity_id: activity.id,
    activity_name: activity === OTHER ? entry.action : activity.name,
    type_uid: ENTITY_MANAGEMENT * 100 + activity.id,
    severity_id: 1,
    severity: 'Informational',
    status_id: 1,
    status: 'Success',
    time: Date.parse(entry.occurredAt),
    ...(entry.reason ? { comment: entry.reason } : {}),
    actor: isPerson
      ? { user: { uid: entry.actor.id, name: entry.actor.name, type_id: 1 } }
      : { app_uid: entry.actor.id ?? entry.actor.kind, app_name: entry.actor.name },
    entity: toEntity(entry.subject, entry.before),
    ...(entry.after ? { entity_result: toEntity(entry.subject, entry.after) } : {}),
    metadata: {
      version: '1.5.0',
      uid: entry.id,
      correlation_uid: entry.requestId,
      event_code: entry.action,
      tenant_uid: entry.organizationId,
      product: { name: 'Gatehouse', vendor_name: 'Gatehouse' },
    },
    unmapped: { index, leaf_hash: leafHash },
  }
}

function toEntity(subject: ExportLine['entry']['subject'], data: unknown): object {
  return { uid: subject.id, name: subject.name, type: subject.kind, ...(data ? { data } : {}) }
}
