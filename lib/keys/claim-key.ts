import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { checkKeyInput, writeKey } from './issue-key.ts'
import { ClaimKeyInput, type IssuedKeyDto, IssueKeyInput } from './schema.ts'
import { untilUsable } from './until-usable.ts'

/** Collects an approved key, once, by the person it was approved for: the only moment its secret is shown. */
export async function claimKey({ ctx, input }: VerbArgs): Promise<IssuedKeyDto> {
  requirePermission(ctx, 'keys.issue')
  const { id } = parseInput(ClaimKeyInput, input)
  const issued = await transact(ctx, async tx => {
    const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
    const grant =
      personId && (await tx.keyGrant.findFirst({ where: { id, organizationId: ctx.organizationId, personId } }))
    if (!grant) throw notFound('approved key')
    if (grant.expiresAt <= new Date()) throw conflict('The time to collect this key is over. Ask for it anew.')
    // Of two that collect at once, one finds it unclaimed.
    const claimed = await tx.keyGrant.updateMany({ where: { id, claimedAt: null }, data: { claimedAt: new Date() } })
    if (claimed.count === 0) throw conflict('This key has been collected. Rotate it if its secret is lost.')
    const data = await checkKeyInput(tx, ctx, parseInput(IssueKeyInput, grant.input))
    const issued = await writeKey(tx, ctx, data, { automatic: false })
    await tx.keyGrant.update({ where: { id }, data: { keyId: issued.id } })
    return issued
  })
  return untilUsable(ctx, issued)
}
