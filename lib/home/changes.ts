import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { AuditEntry, Prisma } from '#prisma/generated/client.ts'
import type { HomeChange } from './schema.ts'

const SHOWN = 8
/** Of so many the groups are made. */
const LOOKED_AT = 120

/** Everyone may see these records; so may everyone know that they changed. */
const PUBLIC_SUBJECTS = ['model', 'team', 'provider', 'organization', 'policy']

/** Recorded, but no news. */
const UNREMARKABLE = [
  'notice.dismissed',
  'person.signed_in',
  'policy.draft_saved',
  'brief.saved',
  'saved_view.created',
  'saved_view.updated',
  'saved_view.deleted',
  'audit.exported',
  'notification_channel.tested',
  'notification_preferences.changed',
]

const PAGES: Record<string, (id: string) => string> = {
  key: id => `/build/keys/${id}`,
  model: id => `/build/models/${id}`,
  team: id => `/admin/teams/${id}`,
  person: id => `/admin/people/${id}`,
  policy: id => `/govern/policies/${id}`,
  provider: id => `/admin/providers/${id}`,
  route: id => `/operate/routes/${id}`,
  failoverDrill: id => `/operate/failover-drills/${id}`,
  failoverDrillPlan: () => '/operate/failover-drills',
  approval: id => `/approvals/${id}`,
  approval_policy: () => '/approvals/policies',
  notification_channel: id => `/admin/notifications/${id}`,
  budget: id => `/finance/budgets/${id}`,
  workload: id => `/workloads/${id}`,
  brief: id => `/workloads/briefs/${id}`,
  exemption: id => `/govern/exemptions/${id}`,
  risk: id => `/govern/risks/${id}`,
  model_request: id => `/govern/catalog/requests/${id}`,
  board_meeting: id => `/govern/board/meetings/${id}`,
  rate_limit: id => `/operate/rate-limits/${id}`,
  cache_policy: id => `/operate/cache/${id}`,
}

/** Actions, nouns and deeds that read badly as they are. */
const ACTION_WORDS: Readonly<Record<string, string>> = {
  'approval.requested': 'asked for a decision on',
  'approval.approved': 'voted for',
  'approval.rejected': 'voted against',
  'approval.granted': 'approved',
  'approval.denied': 'turned down',
  'board_meeting.item_added': 'put an item on the agenda of',
  'content_log.enabled': 'switched on the',
}
const NOUN_WORDS: Readonly<Record<string, string>> = {
  key: 'API key',
  model_request: 'the request for model',
}
const DEED_WORDS: Readonly<Record<string, string>> = { begun: 'began', written: 'wrote', drawn: 'drew', made: 'made' }

/** What others did since a moment that the viewer may know, newest first, and how much it was in all. */
export async function findChanges(
  tx: Transaction,
  ctx: Context,
  since: Date,
): Promise<{ changedCount: number; changes: HomeChange[] }> {
  const where: Prisma.AuditEntryWhereInput = {
    AND: [{ organizationId: ctx.organizationId, occurredAt: { gt: since } }, await visibleTo(tx, ctx)],
  }
  const rows = await tx.auditEntry.findMany({ where, orderBy: { sequence: 'desc' }, take: LOOKED_AT })
  const changes = grouped(rows).slice(0, SHOWN)
  return { changedCount: await tx.auditEntry.count({ where }), changes }
}

async function visibleTo(tx: Transaction, ctx: Context): Promise<Prisma.AuditEntryWhereInput> {
  const { actor } = ctx
  const quiet = { action: { notIn: UNREMARKABLE } }
  if (scopeOf(actor, 'audit.read')) return quiet
  if (actor.kind !== 'person') return { id: { in: [] } }
  const keys = await tx.apiKey.findMany({
    where: { OR: [{ personId: actor.id }, { teamId: { in: actor.ledTeamIds } }] },
    select: { id: true },
  })
  return {
    ...quiet,
    OR: [
      { subjectKind: { in: PUBLIC_SUBJECTS } },
      { subjectKind: 'key', subjectId: { in: keys.map(key => key.id) } },
      { subjectKind: 'person', subjectId: actor.id },
    ],
  }
}

/** What one person did several times over, without anything else between, stands once with its number. */
function grouped(rows: readonly AuditEntry[]): HomeChange[] {
  const groups: AuditEntry[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    const [newest] = last ?? []
    if (last && newest?.actorId === row.actorId && newest.action === row.action) last.push(row)
    else groups.push([row])
  }
  return groups.flatMap(([newest, ...others]) => {
    if (!newest) return []
    const change = toChange(newest)
    if (others.length === 0) return change
    const names = [...new Set([newest, ...others].map(({ subjectName }) => subjectName))]
    const shown = names.slice(0, 3).join(', ')
    const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
    return {
      ...change,
      count: others.length + 1,
      title: `${change.title} and ${others.length} more`,
      detail: names.length > 1 ? `${shown}${more}` : change.detail,
    }
  })
}

/**
 * "key.issued" by Ana of laptop: "Ana issued API key laptop"; "model.price_added": "Ana added price of model …".
 * Before and after stay in the audit log.
 */
function toChange(entry: AuditEntry): HomeChange {
  const [noun = '', deed = ''] = entry.action.split('.')
  const parts = deed.split('_')
  const done = parts.pop() ?? ''
  const of = NOUN_WORDS[noun] ?? spaced(noun)
  const what = parts.length > 0 ? `${parts.join(' ')} of ${of}` : of
  return {
    id: entry.id,
    count: 1,
    at: entry.occurredAt.toISOString(),
    title: capitalized(
      `${entry.actorName} ${ACTION_WORDS[entry.action] ?? `${DEED_WORDS[done] ?? done} ${what}`} ${entry.subjectName}`,
    ),
    detail: entry.reason ?? '',
    href: PAGES[entry.subjectKind]?.(entry.subjectId) ?? null,
  }
}

/** What an approval carried out is told as "Approval of Ana’s request by Noor created …". */
function capitalized(title: string): string {
  return title.startsWith('approval of ') ? `A${title.slice(1)}` : title
}

function spaced(name: string): string {
  return name.replaceAll('_', ' ').replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}
