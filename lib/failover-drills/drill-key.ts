import { hashSecret, makeKey } from '#core/api-key.ts'
import { newId } from '#core/ids.ts'
import { publishKey } from '#lib/keys/publish-key.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, systemContext } from '#lib/platform/context.ts'
import { conflict } from '#lib/platform/errors.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { FailoverDrill } from '#prisma/generated/client.ts'

export interface DrillKey {
  id: string
  key: string
}

const LIFETIME_MS = 20 * 60_000
const DAY_MS = 86_400_000

/** A short-lived key for the drill's own calls, of the team that uses the model most. */
export function issueDrillKey(drill: FailoverDrill): Promise<DrillKey> {
  const ctx = contextOf(drill)
  return transact(ctx, async tx => {
    const made = makeKey('playground')
    const row = await tx.apiKey.create({
      data: {
        id: newId(),
        organizationId: drill.organizationId,
        kind: 'playground',
        publicId: made.publicId,
        secretHash: Uint8Array.from(hashSecret(secretKey('api-key-hash'), made.secret)),
        name: `Failover drill of ${drill.modelName}`.slice(0, 80),
        teamId: await teamFor(tx, drill),
        environment: 'development',
        modelIds: [],
        ipAllowList: [],
        expiresAt: new Date(Date.now() + LIFETIME_MS),
      },
    })
    await audit(tx, ctx, {
      action: 'key.issued',
      subject: { kind: 'key', id: row.id, name: row.name },
      after: { drillId: drill.id, teamId: row.teamId, expiresAt: row.expiresAt },
    })
    await publishKey(tx, ctx, row)
    return { id: row.id, key: made.key }
  })
}

/** Ends the drill's key; it is removed with other short-lived keys. */
export async function endDrillKey(drill: FailoverDrill, { id }: DrillKey): Promise<void> {
  const ctx = contextOf(drill)
  await transact(ctx, async tx => {
    const now = new Date()
    const row = await tx.apiKey.update({ where: { id }, data: { revokedAt: now, expiresAt: now } })
    await audit(tx, ctx, {
      action: 'key.revoked',
      subject: { kind: 'key', id, name: row.name },
      after: { revokedAt: now },
      reason: 'The drill is over',
    })
    await publishKey(tx, ctx, row)
  })
}

async function teamFor(tx: Transaction, { organizationId, modelId }: FailoverDrill): Promise<string> {
  const since = new Date(Date.now() - 30 * DAY_MS)
  const [most] = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text from teams t left join usage_rollups r on r.organization_id = t.organization_id
      and r.team_id = t.id and r.model_id = ${modelId}::uuid and r.hour > ${since}
    where t.organization_id = ${organizationId}::uuid and t.archived_at is null
    group by t.id, t.name order by coalesce(sum(r.requests), 0) desc, t.name limit 1`
  if (!most) throw conflict('The drill’s calls need a team to belong to, and there is none.')
  return most.id
}

function contextOf({ organizationId }: FailoverDrill): Context {
  return systemContext(organizationId, 'failover-drills')
}
