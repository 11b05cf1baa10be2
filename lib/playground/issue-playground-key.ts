import { hashSecret, makeKey } from '#core/api-key.ts'
import { newId } from '#core/ids.ts'
import { publishKey } from '#lib/keys/publish-key.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import { DomainError, notFound } from '#lib/platform/errors.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const LIFETIME_MS = 15 * 60_000

/** A key for one person and team that lives 15 minutes and never leaves the server. */
export async function issuePlaygroundKey(
  tx: Transaction,
  ctx: Context,
  teamId: string,
): Promise<{ key: string; id: string; expiresAt: Date; configVersion: bigint }> {
  const { actor } = ctx
  if (actor.kind !== 'person') throw new DomainError('permission_denied', 'The playground is for people.')
  const team = actor.teamIds.includes(teamId) ? await tx.team.findUnique({ where: { id: teamId } }) : null
  if (!team || team.archivedAt) throw notFound('team')
  const made = makeKey('playground')
  const row = await tx.apiKey.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      kind: 'playground',
      publicId: made.publicId,
      secretHash: Uint8Array.from(hashSecret(secretKey('api-key-hash'), made.secret)),
      name: `Playground of ${actor.name}`,
      teamId,
      personId: actor.id,
      environment: 'development',
      modelIds: [],
      ipAllowList: [],
      expiresAt: new Date(Date.now() + LIFETIME_MS),
    },
  })
  await audit(tx, ctx, {
    action: 'key.issued',
    subject: { kind: 'key', id: row.id, name: row.name },
    after: { kind: 'playground', teamId, expiresAt: row.expiresAt },
  })
  const configVersion = await publishKey(tx, ctx, row)
  return { key: made.key, id: row.id, expiresAt: row.expiresAt, configVersion }
}
