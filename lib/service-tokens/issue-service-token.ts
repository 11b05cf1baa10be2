import { hashSecret, keyHint, makeKey } from '#core/api-key.ts'
import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { transact } from '#lib/platform/transaction.ts'
import { type IssuedServiceTokenDto, IssueServiceTokenInput } from './schema.ts'

const DAY_MS = 86_400_000

/**
 * Issues a service token for the REST API. Throws `invalid_input` for a scope that the issuer does not hold
 * for the whole organization: nobody hands out more than they have.
 */
export async function issueServiceToken({ ctx, input }: VerbArgs): Promise<IssuedServiceTokenDto> {
  requirePermission(ctx, 'serviceTokens.manage')
  const data = parseInput(IssueServiceTokenInput, input)
  const beyond = data.scopes.find(scope => scopeOf(ctx.actor, scope) !== 'organization')
  if (beyond) throw invalid('scopes', `You do not hold ${beyond} for the whole organization, so no token of yours can.`)
  const scopes = [...new Set(data.scopes)].sort()
  return transact(ctx, async tx => {
    const made = makeKey('st')
    const token = await tx.serviceToken.create({
      data: {
        id: newId(),
        organizationId: ctx.organizationId,
        name: data.name,
        publicId: made.publicId,
        secretHash: Uint8Array.from(hashSecret(secretKey('api-key-hash'), made.secret)),
        scopes,
        createdBy: { kind: ctx.actor.kind, id: ctx.actor.id, name: ctx.actor.name },
        expiresAt: new Date(Date.now() + data.expiresInDays * DAY_MS),
      },
    })
    const hint = keyHint('st', token.publicId)
    await audit(tx, ctx, {
      action: 'service_token.issued',
      subject: { kind: 'service_token', id: token.id, name: token.name },
      after: { scopes, hint, expiresAt: token.expiresAt },
    })
    await announce(tx, ctx, 'keys', token.id)
    return { id: token.id, token: made.key, name: token.name, hint, scopes, expiresAt: token.expiresAt.toISOString() }
  })
}
