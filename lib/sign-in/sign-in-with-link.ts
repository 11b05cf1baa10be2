import { newId } from '#core/ids.ts'
import { countAccount } from '#lib/platform/auth/attempts.ts'
import type { Session } from '#lib/platform/auth/session.ts'
import { hashLinkToken } from '#lib/platform/auth/sign-in-link.ts'
import { SignInRefused } from '#lib/platform/auth/sign-in-refused.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { admitPerson } from './admit-person.ts'
import { SignInWithLinkInput } from './schema.ts'

/** Uses a sign-in link up. Throws SignInRefused when it was used, has run out, or never was. */
export async function signInWithLink(input: unknown): Promise<Session> {
  const tokenHash = Uint8Array.from(hashLinkToken(parseInput(SignInWithLinkInput, input).token))
  const link = await databases().system.signInLink.findUnique({ where: { tokenHash } })
  if (!link) throw new SignInRefused('link_invalid')
  await countAccount(link.personId)
  const ctx = { ...systemContext(link.organizationId, 'sign-in'), requestId: newId() }
  return transact(ctx, async tx => {
    const now = new Date()
    const where = { id: link.id, usedAt: null, expiresAt: { gt: now } }
    const { count } = await tx.signInLink.updateMany({ where, data: { usedAt: now } })
    if (count !== 1) throw new SignInRefused('link_invalid')
    return admitPerson(tx, ctx, link.personId, 'link')
  })
}
