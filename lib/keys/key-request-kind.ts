import { z } from 'zod'
import { newId } from '#core/ids.ts'
import { formatUsd } from '#core/money.ts'
import type { ApprovalKind, SnapshotLine } from '#lib/approvals/approval-kind.ts'
import { KeyBounds } from '#lib/teams/schema.ts'
import { KEY_ENVIRONMENTS } from './schema.ts'

const DAY_MS = 86_400_000
/** How long an approved key waits to be collected. */
const CLAIM_DAYS = 14

/** What is asked for, in JSON: the key, and the bounds that it goes beyond. */
export const KeyRequestSnapshot = z.strictObject({
  personId: z.uuid(),
  team: z.string(),
  key: z.strictObject({
    name: z.string(),
    teamId: z.uuid(),
    environment: z.enum(KEY_ENVIRONMENTS),
    modelIds: z.array(z.uuid()),
    expiresInDays: z.int(),
    requestsPerMinute: z.int().nullable(),
    dailyLimitUsd: z.string().nullable(),
    ipAllowList: z.array(z.string()),
    tier: z.string().nullable(),
    dataSourceIds: z.array(z.uuid()),
    /** Left out by requests from before keys were bound to workloads. */
    workloadId: z.uuid().nullable().optional(),
  }),
  bounds: z.strictObject({
    maxLifetimeDays: z.int(),
    maxRequestsPerMinute: z.int(),
    maxDailyLimitUsd: z.string(),
  }),
})
export type KeyRequestSnapshot = z.infer<typeof KeyRequestSnapshot>

/** A team's bounds as a snapshot holds them. */
export function boundsOf(team: { keyBounds: unknown }): KeyRequestSnapshot['bounds'] {
  const { maxLifetimeDays, maxRequestsPerMinute, maxDailyLimitNanoUsd } = KeyBounds.parse(team.keyBounds)
  return { maxLifetimeDays, maxRequestsPerMinute, maxDailyLimitUsd: formatUsd(maxDailyLimitNanoUsd) }
}

/** A key beyond its team's bounds. Approval allows its person to collect it; nobody else ever sees its secret. */
export const keyRequestKind: ApprovalKind = {
  id: 'key_request',
  title: 'API key beyond bounds',
  policy: {
    steps: [
      {
        name: 'Team lead',
        approvers: { teamLeads: true, roles: ['approver'] },
        escalateAfterHours: 24,
        escalateTo: { roles: ['administrator'] },
      },
    ],
    expiresAfterHours: 24 * 7,
  },
  describe(snapshot) {
    const { team, key, bounds } = KeyRequestSnapshot.parse(snapshot)
    const lines: SnapshotLine[] = [
      { label: 'Key', before: null, after: `${key.name}, ${key.environment}` },
      { label: 'Team', before: null, after: team },
      { label: 'Lifetime', before: `at most ${bounds.maxLifetimeDays} days`, after: `${key.expiresInDays} days` },
    ]
    if (key.requestsPerMinute !== null)
      lines.push({
        label: 'Requests a minute',
        before: `at most ${bounds.maxRequestsPerMinute}`,
        after: `${key.requestsPerMinute}`,
      })
    if (key.dailyLimitUsd !== null)
      lines.push({
        label: 'Daily limit',
        before: `at most USD ${bounds.maxDailyLimitUsd}`,
        after: `USD ${key.dailyLimitUsd}`,
      })
    if (key.tier !== null) lines.push({ label: 'Classification', before: null, after: key.tier })
    return lines
  },
  href: ({ snapshot }) => `/admin/teams/${KeyRequestSnapshot.parse(snapshot).key.teamId}`,
  async current(tx, ctx, { snapshot }) {
    const asked = KeyRequestSnapshot.parse(snapshot)
    const where = { id: asked.key.teamId, organizationId: ctx.organizationId, archivedAt: null }
    const team = await tx.team.findFirst({ where })
    const person = await tx.person.count({ where: { id: asked.personId, status: 'active' } })
    return team && person > 0 ? { ...asked, team: team.name, bounds: boundsOf(team) } : null
  },
  async carryOut(tx, ctx, { id: approvalId, snapshot }) {
    const { personId, key } = KeyRequestSnapshot.parse(snapshot)
    const { organizationId } = ctx
    const expiresAt = new Date(Date.now() + CLAIM_DAYS * DAY_MS)
    const grant = { personId, teamId: key.teamId, name: key.name, input: key, expiresAt }
    const { id } = await tx.keyGrant.create({ data: { id: newId(), organizationId, approvalId, ...grant } })
    return { kind: 'key_grant', id, name: key.name, href: `/build/keys?collect=${id}` }
  },
}
