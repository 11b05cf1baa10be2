import { boardNeeds } from '#lib/board/needs.ts'
import { listReplicas } from '#lib/gateway-fleet/queries.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { policyNeeds } from '#lib/policies/needs.ts'
import type { HomeItem } from './schema.ts'

const DAY_MS = 86_400_000
const KEY_NOTICE_DAYS = 7
const SUNSET_NOTICE_DAYS = 60
const MAX_NOTICES = 50

type Source = (tx: Transaction, ctx: Context) => Promise<HomeItem[]>

/** Each looks for one kind of thing that waits; the order does not matter. */
const SOURCES: readonly Source[] = [
  endingKeys,
  policyNeeds,
  failingProviders,
  unwellReplicas,
  sunsetModels,
  unpricedUsage,
  teamless,
  boardNeeds,
]

/** Everything that waits for the viewer, by what is due first; what has no due time follows, gravest first. */
export async function findNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  const notices = await ownNotices(tx, ctx)
  const said = new Set(notices.map(({ item }) => item.href))
  const items = notices.flatMap(({ item, dismissed }) => (dismissed ? [] : [item]))
  for (const source of SOURCES) items.push(...(await source(tx, ctx)).filter(item => !said.has(item.href)))
  const tones = ['danger', 'warning', 'info']
  return items.sort(
    (a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || tones.indexOf(a.tone) - tones.indexOf(b.tone),
  )
}

/** Dismissed ones too: what a person has put aside is not brought up again under another name. */
async function ownNotices(tx: Transaction, ctx: Context): Promise<{ item: HomeItem; dismissed: boolean }[]> {
  if (ctx.actor.kind !== 'person') return []
  const rows = await tx.notice.findMany({
    where: { organizationId: ctx.organizationId, personId: ctx.actor.id },
    orderBy: [{ dismissedAt: { sort: 'desc', nulls: 'first' } }, { id: 'desc' }],
    take: MAX_NOTICES,
  })
  return rows.map(row => ({
    dismissed: row.dismissedAt !== null,
    item: {
      kind: 'notice',
      tone: row.dueAt ? 'warning' : 'info',
      title: row.title,
      detail: row.detail,
      dueAt: row.dueAt?.toISOString() ?? null,
      href: row.href,
      action: 'Open',
      noticeId: row.id,
    },
  }))
}

async function endingKeys(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (ctx.actor.kind !== 'person') return []
  const now = Date.now()
  const near = { gt: new Date(now - KEY_NOTICE_DAYS * DAY_MS), lt: new Date(now + KEY_NOTICE_DAYS * DAY_MS) }
  const keys = await tx.apiKey.findMany({
    where: {
      organizationId: ctx.organizationId,
      personId: ctx.actor.id,
      kind: 'live',
      revokedAt: null,
      graceUntil: null,
      expiresAt: near,
    },
    include: { team: { select: { name: true } } },
  })
  return keys.map(key => {
    const over = key.expiresAt.getTime() <= now
    return {
      ...item(over ? 'key_expired' : 'key_expiring', over ? 'danger' : 'warning', `/build/keys/${key.id}`),
      title: over ? `${key.name} has expired` : `${key.name} expires soon`,
      detail: over
        ? `Calls with it are refused. ${key.team.name}`
        : `Rotate it to keep calls working. ${key.team.name}`,
      dueAt: key.expiresAt.toISOString(),
      action: over ? 'Open' : 'Rotate',
    }
  })
}

async function failingProviders(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (!scopeOf(ctx.actor, 'providers.manage')) return []
  const where = { organizationId: ctx.organizationId, enabled: true, lastTestOk: false }
  const failing = await tx.provider.findMany({ where, orderBy: { name: 'asc' } })
  return failing.map(provider => ({
    ...item('provider_failing', 'danger', `/admin/providers/${provider.id}`),
    title: `${provider.name} fails its connection test`,
    detail: provider.lastTestDetail ?? '',
  }))
}

async function unwellReplicas(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (!scopeOf(ctx.actor, 'providers.manage') || !scopeOf(ctx.actor, 'gateway.read')) return []
  const { data } = await listReplicas({ ...ctx, tx })
  const unwell = data.filter(replica => replica.state === 'degraded' || replica.state === 'lost')
  return unwell.map(replica => ({
    ...item(
      'replica_unwell',
      replica.state === 'lost' ? 'danger' : 'warning',
      `/operate/gateway?replica=${replica.id}`,
    ),
    title: replica.state === 'lost' ? `${replica.name} is not heard of` : `${replica.name} runs degraded`,
    detail: `Last heartbeat ${replica.lastSeenAt}`,
  }))
}

/** Models that end within two months and that the viewer's own keys, or those of teams they lead, used lately. */
async function sunsetModels(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (ctx.actor.kind !== 'person') return []
  const now = Date.now()
  const rows = await tx.$queryRaw<
    { id: string; identifier: string; sunset: Date; keys: string[]; requests: number }[]
  >(sql`
    select m.id, m.identifier, m.sunset_at as sunset, array_agg(distinct k.name order by k.name) as keys,
      sum(r.requests)::int as requests
    from models m
    join usage_rollups r on r.model_id = m.id and r.organization_id = m.organization_id
      and r.hour >= ${new Date(now - 14 * DAY_MS)}
    join api_keys k on k.id = r.key_id and k.revoked_at is null
    where m.organization_id = ${ctx.organizationId}::uuid and m.sunset_at is not null
      and m.sunset_at < ${new Date(now + SUNSET_NOTICE_DAYS * DAY_MS)}
      and (k.person_id = ${ctx.actor.id}::uuid or k.team_id = any(${ctx.actor.ledTeamIds}::uuid[]))
    group by 1, 2, 3`)
  return rows.map(row => ({
    ...item('model_sunset', 'warning', `/build/models/${row.id}`),
    title: `${row.identifier} ends and is still used`,
    detail: `${row.requests} calls in 14 days by ${row.keys.join(', ')}`,
    dueAt: row.sunset.toISOString(),
  }))
}

async function unpricedUsage(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (!scopeOf(ctx.actor, 'models.manage')) return []
  const sums = await tx.usageRollup.groupBy({
    by: ['modelId'],
    where: {
      organizationId: ctx.organizationId,
      hour: { gte: new Date(Date.now() - 30 * DAY_MS) },
      unpricedRequests: { gt: 0 },
    },
    _sum: { unpricedRequests: true },
  })
  const requests = new Map(sums.map(sum => [sum.modelId, Number(sum._sum.unpricedRequests ?? 0n)]))
  const ids = [...requests.keys()].filter(id => id !== null)
  const models = await tx.model.findMany({ where: { id: { in: ids } }, select: { id: true, identifier: true } })
  return models.map(model => ({
    ...item('unpriced_usage', 'warning', `/build/models/${model.id}`),
    title: `${model.identifier} has no price`,
    detail: `${requests.get(model.id)} calls in 30 days are missing from every cost`,
    action: 'Set price',
  }))
}

async function teamless(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (!scopeOf(ctx.actor, 'people.manage')) return []
  const people = await tx.person.findMany({
    where: {
      organizationId: ctx.organizationId,
      status: 'active',
      roles: { hasSome: ['developer', 'team_lead'] },
      memberships: { none: {} },
    },
    orderBy: { name: 'asc' },
    take: 20,
    select: { id: true, name: true },
  })
  const [first] = people
  if (!first) return []
  const one = people.length === 1
  return [
    {
      ...item('people_without_team', 'info', one ? `/admin/people/${first.id}` : '/admin/people'),
      title: one ? `${first.name} is in no team` : `${people.length} developers are in no team`,
      detail: one ? 'Without a team no key can be issued' : people.map(person => person.name).join(', '),
      action: 'Assign',
    },
  ]
}

function item(kind: HomeItem['kind'], tone: HomeItem['tone'], href: string) {
  return { kind, tone, href, dueAt: null, action: 'Open', noticeId: null }
}
