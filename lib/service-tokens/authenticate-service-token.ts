import { parseKey, secretMatches } from '#core/api-key.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'

const USE_NOTED_EVERY_MS = 60_000

/**
 * The context a service token acts in; null when it is unknown, expired or revoked, or its organization is
 * gone. Notes the use, at most once a minute.
 */
export async function authenticateServiceToken(tokenText: string, requestId: string): Promise<Context | null> {
  const parsed = parseKey(tokenText)
  if (parsed?.kind !== 'st') return null
  const { system } = databases()
  const token = await system.serviceToken.findUnique({
    where: { publicId: parsed.publicId },
    include: { organization: { select: { removedAt: true } } },
  })
  if (!token || !secretMatches(secretKey('api-key-hash'), parsed.secret, token.secretHash)) return null
  const now = new Date()
  if (token.revokedAt || token.expiresAt <= now || token.organization.removedAt) return null
  if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() >= USE_NOTED_EVERY_MS) {
    await system.serviceToken.updateMany({ where: { id: token.id }, data: { lastUsedAt: now } })
  }
  return {
    organizationId: token.organizationId,
    requestId,
    actor: { kind: 'serviceToken', id: token.id, name: token.name, scopes: token.scopes },
  }
}
