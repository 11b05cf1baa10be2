import { randomBytes } from 'node:crypto'
import { hashSecret } from '#core/api-key.ts'
import { newId } from '#core/ids.ts'
import { portalUrl } from '../addresses.ts'
import { audit } from '../audit.ts'
import type { Context } from '../context.ts'
import { secretKey } from '../secret-keys.ts'
import type { Transaction } from '../transaction.ts'

export const SIGN_IN_LINK_MINUTES = 15

export interface SignInLink {
  id: string
  /** Shown once; only its hash is kept. */
  url: string
  expiresAt: string
}

/** Makes a single-use link that signs a person in; links made for them before stop working. */
export async function makeSignInLink(
  tx: Transaction,
  ctx: Context,
  person: { id: string; name: string },
): Promise<SignInLink> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + SIGN_IN_LINK_MINUTES * 60_000)
  await tx.signInLink.deleteMany({ where: { personId: person.id, usedAt: null } })
  const link = await tx.signInLink.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      personId: person.id,
      tokenHash: Uint8Array.from(hashLinkToken(token)),
      expiresAt,
    },
  })
  await audit(tx, ctx, {
    action: 'sign_in_link.created',
    subject: { kind: 'person', id: person.id, name: person.name },
    after: { expiresAt },
  })
  return { id: link.id, url: `${portalUrl()}/sign-in/link?token=${token}`, expiresAt: expiresAt.toISOString() }
}

export function hashLinkToken(token: string): Buffer {
  return hashSecret(secretKey('session'), token)
}
