import { type Context, scopeOf } from '#lib/platform/context.ts'
import { sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { RoleFigure } from './schema.ts'

const DAY_MS = 86_400_000

interface Counts {
  waiting: number
  decidedWeek: number
  findingsWeek: number
  refusedWeek: number
  auditWeek: number
  exportsQuarter: number
  budgetsFull: number
  budgets: number
  activeKeys: number
  endingKeys: number
  models: number
  failedDeliveries: number
}

/** Which figures lead for whom; who has several roles sees those of each, the first roles first. */
const BY_ROLE: Readonly<Record<string, readonly (keyof Counts)[]>> = {
  approver: ['waiting', 'decidedWeek'],
  security: ['findingsWeek', 'refusedWeek'],
  finance: ['budgetsFull', 'waiting'],
  executive: ['budgetsFull', 'decidedWeek'],
  board_member: ['waiting', 'decidedWeek'],
  legal: ['waiting', 'auditWeek'],
  auditor: ['auditWeek', 'exportsQuarter'],
  operations: ['failedDeliveries', 'refusedWeek'],
  administrator: ['waiting', 'failedDeliveries'],
  team_lead: ['waiting', 'endingKeys'],
  developer: ['activeKeys', 'endingKeys', 'models'],
}
const MOST = 4

/** The figures that lead on Home for the viewer's roles, from live data within their reach, in one query. */
export async function roleFigures(tx: Transaction, ctx: Context): Promise<RoleFigure[]> {
  if (ctx.actor.kind !== 'person') return []
  const { roles } = ctx.actor
  const wanted = [
    ...new Set(
      Object.keys(BY_ROLE)
        .filter(role => roles.includes(role))
        .flatMap(role => BY_ROLE[role] ?? []),
    ),
  ]
  const allowed = wanted.filter(name => FIGURES[name].may(ctx)).slice(0, MOST)
  if (allowed.length === 0) return []
  const counts = await countAll(tx, ctx)
  return allowed.map(name => FIGURES[name].make(counts))
}

type Figure = { may: (ctx: Context) => boolean; make: (counts: Counts) => RoleFigure }
const anybody = () => true
const organizationWide = (permission: Parameters<typeof scopeOf>[1]) => (ctx: Context) =>
  scopeOf(ctx.actor, permission) === 'organization'

const FIGURES: Readonly<Record<keyof Counts, Figure>> = {
  waiting: {
    may: organizationWide('approvals.read'),
    make: ({ waiting }) =>
      figure(
        waiting,
        waiting === 1 ? 'request waits for a decision' : 'requests wait for a decision',
        '/approvals?view=all',
      ),
  },
  decidedWeek: {
    may: organizationWide('approvals.read'),
    make: ({ decidedWeek }) =>
      figure(decidedWeek, decidedWeek === 1 ? 'request ended, 7 days' : 'requests ended, 7 days', '/approvals/insight'),
  },
  findingsWeek: {
    may: organizationWide('guardrails.read'),
    make: ({ findingsWeek }) => figure(findingsWeek, 'findings of guardrails, 7 days', '/security/dlp'),
  },
  refusedWeek: {
    may: organizationWide('usage.read'),
    make: ({ refusedWeek }) => figure(refusedWeek, 'calls refused, 7 days', '/operate/requests?outcome=refused'),
  },
  auditWeek: {
    may: organizationWide('audit.read'),
    make: ({ auditWeek }) => figure(auditWeek, 'audit entries, 7 days', '/security/audit'),
  },
  exportsQuarter: {
    may: organizationWide('audit.read'),
    make: ({ exportsQuarter }) => figure(exportsQuarter, 'exports of the audit log, 90 days', '/security/audit'),
  },
  budgetsFull: {
    may: organizationWide('budgets.read'),
    make: ({ budgetsFull, budgets }) => ({
      ...figure(budgetsFull, `of ${budgets} budgets above 80 %`, '/finance/budgets'),
      tone: budgetsFull > 0 ? 'warning' : 'calm',
    }),
  },
  budgets: {
    may: organizationWide('budgets.read'),
    make: ({ budgets }) => figure(budgets, 'budgets', '/finance/budgets'),
  },
  activeKeys: {
    may: anybody,
    make: ({ activeKeys }) =>
      figure(activeKeys, activeKeys === 1 ? 'key of yours in use' : 'keys of yours in use', '/build/keys'),
  },
  endingKeys: {
    may: anybody,
    make: ({ endingKeys }) => ({
      ...figure(
        endingKeys,
        endingKeys === 1 ? 'key of yours ends within 30 days' : 'keys of yours end within 30 days',
        '/build/keys',
      ),
      tone: endingKeys > 0 ? 'warning' : 'calm',
    }),
  },
  models: { may: anybody, make: ({ models }) => figure(models, 'models in the catalog', '/build/models') },
  failedDeliveries: {
    may: organizationWide('notifications.read'),
    make: ({ failedDeliveries }) => ({
      ...figure(
        failedDeliveries,
        failedDeliveries === 1 ? 'notification failed, 7 days' : 'notifications failed, 7 days',
        '/admin/notifications',
      ),
      tone: failedDeliveries > 0 ? 'warning' : 'calm',
    }),
  },
}

function figure(value: number, label: string, href: string): RoleFigure {
  return { value, label, href, tone: 'calm' }
}

async function countAll(tx: Transaction, { organizationId, actor }: Context): Promise<Counts> {
  const now = Date.now()
  const [week, quarter, month] = [7, 90, -30].map(days => new Date(now - days * DAY_MS)) as [Date, Date, Date]
  const me = actor.id ?? '00000000-0000-0000-0000-000000000000'
  const mine = sql`organization_id = ${organizationId}::uuid`
  const keys = sql`from api_keys where ${mine} and person_id = ${me}::uuid and kind = 'live' and revoked_at is null
    and expires_at > now()`
  const [row] = await tx.$queryRaw<Counts[]>(sql`
    select
      (select count(*)::int from approval_requests where ${mine} and state = 'pending') as waiting,
      (select count(*)::int from approval_requests where ${mine} and decided_at >= ${week}) as "decidedWeek",
      (select count(*)::int from dlp_events where ${mine} and occurred_at >= ${week}) as "findingsWeek",
      (select coalesce(sum(refused), 0)::int from usage_rollups where ${mine} and hour >= ${week}) as "refusedWeek",
      (select count(*)::int from audit_entries where ${mine} and occurred_at >= ${week}) as "auditWeek",
      (select count(*)::int from audit_entries where ${mine} and action = 'audit.exported'
        and occurred_at >= ${quarter}) as "exportsQuarter",
      (select count(*)::int from budgets where ${mine} and archived_at is null
        and key_id is null and exemption_id is null) as budgets,
      (select count(*)::int from budgets b where b.organization_id = ${organizationId}::uuid and b.archived_at is null
        and b.key_id is null and b.exemption_id is null and exists (select from budget_periods p where p.budget_id = b.id and p.starts_at <= now() and p.ends_at > now()
          and p.spent_nano_usd >= b.limit_nano_usd * 8 / 10)) as "budgetsFull",
      (select count(*)::int ${keys}) as "activeKeys",
      (select count(*)::int ${keys} and expires_at <= ${month}) as "endingKeys",
      (select count(*)::int from models where ${mine}) as models,
      (select count(*)::int from notification_deliveries where ${mine} and state = 'failed'
        and ended_at >= ${week}) as "failedDeliveries"`)
  if (!row) throw new Error('counting gives a row')
  return row
}
