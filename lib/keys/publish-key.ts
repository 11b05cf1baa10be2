import { publishConfigNow } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApiKey } from '#prisma/generated/client.ts'

/** Publishes a key as the gateways know it; a grace period counts as its expiry. */
export function publishKey(tx: Transaction, ctx: Context, key: ApiKey): Promise<bigint> {
  const expiresAt = key.graceUntil && key.graceUntil < key.expiresAt ? key.graceUntil : key.expiresAt
  return publishConfigNow(tx, ctx, 'key', key.id, {
    kind: key.kind,
    name: key.name,
    publicId: key.publicId,
    secretHash: Buffer.from(key.secretHash).toString('base64url'),
    teamId: key.teamId,
    personId: key.personId,
    environment: key.environment,
    modelIds: key.modelIds,
    requestsPerMinute: key.requestsPerMinute,
    dailyLimitNanoUsd: key.dailyLimitNanoUsd?.toString() ?? null,
    ipAllowList: key.ipAllowList,
    tier: key.tier,
    dataSourceIds: key.dataSourceIds,
    workloadId: key.workloadId,
    expiresAt: expiresAt.toISOString(),
    revokedAt: key.revokedAt?.toISOString() ?? null,
  })
}
