import { deriveKey, open, type SecretPurpose, seal } from '#core/secrets.ts'
import { audit } from './audit.ts'
import { type Context, systemContext } from './context.ts'
import { databases } from './database.ts'
import { type Transaction, transact } from './transaction.ts'

/** What becomes of each derived key when the installation's secret is another one. */
export const AFTER_ROTATION: Readonly<Record<SecretPurpose, 'rewrapped' | 'kept' | 'new'>> = {
  credential: 'rewrapped',
  content: 'rewrapped',
  answer: 'rewrapped',
  'artifact-remote': 'rewrapped',
  'notification-channel': 'rewrapped',
  // A hash cannot be made anew without the key that was hashed: GATEHOUSE_KEY_HASH_KEY keeps it.
  'api-key-hash': 'kept',
  session: 'new',
  'gateway-admin': 'new',
  'audit-signing': 'new',
  'content-spool': 'new',
  'set-up': 'new',
  'failover-drill': 'new',
  'cache-place': 'new',
  'cache-answer': 'new',
  // Addresses in mail that was sent before lead nowhere; later mail has others.
  unsubscribe: 'new',
}

export interface SecretRotation {
  organizations: number
  /** Texts that were opened with the secret before and sealed with the one after. */
  rewrapped: number
  /** What opens with neither, and stays as it is. */
  unreadable: string[]
}

/** Seals a text anew; null: it is already, or opens with neither secret. */
type Renew = (purpose: SecretPurpose, context: string, sealed: string) => string | null

/**
 * Seals everything in the database that was sealed under one secret under another one: provider credentials, the keys
 * of the content log, secrets of notification channels, kept answers of the API, and the documents of the gateways. One
 * organization is one transaction, with its audit entry; what is sealed under the new one is left, so a run that was
 * cut short is simply run again.
 */
export async function rotateSecret(before: string, after: string): Promise<SecretRotation> {
  const rotation: SecretRotation = { organizations: 0, rewrapped: 0, unreadable: [] }
  const renew: Renew = (purpose, context, sealed) => {
    if (opened(after, purpose, context, sealed) !== null) return null
    const text = opened(before, purpose, context, sealed)
    if (text === null) {
      rotation.unreadable.push(context)
      return null
    }
    rotation.rewrapped++
    return seal(deriveKey(after, purpose), context, text)
  }
  const organizations = await databases().system.organization.findMany({ select: { id: true, name: true } })
  for (const organization of organizations) {
    const ctx = systemContext(organization.id, 'rotate-secret')
    await transact(ctx, async tx => {
      const known = rotation.rewrapped
      await renewRecords(tx, ctx, renew)
      await renewDocuments(tx, ctx, renew)
      const rewrapped = rotation.rewrapped - known
      if (rewrapped === 0) return
      rotation.organizations++
      const subject = { kind: 'organization', ...organization }
      await audit(tx, ctx, { action: 'organization.secret_rotated', subject, after: { rewrapped } })
    })
  }
  return rotation
}

async function renewRecords(tx: Transaction, { organizationId }: Context, renew: Renew): Promise<void> {
  const providers = await tx.provider.findMany({ where: { organizationId, credential: { not: null } } })
  for (const { id, credential } of providers) {
    const sealed = renew('credential', `provider:${id}`, credential ?? '')
    if (sealed) await tx.provider.update({ where: { id }, data: { credential: sealed } })
  }
  const keys = await tx.contentKey.findMany({ where: { organizationId, wrappedKey: { not: null } } })
  for (const { id, wrappedKey } of keys) {
    const sealed = renew('content', `content-key:${id}`, wrappedKey ?? '')
    if (sealed) await tx.contentKey.update({ where: { id }, data: { wrappedKey: sealed } })
  }
  for (const { id, secrets, previousSecret } of await tx.notificationChannel.findMany({ where: { organizationId } })) {
    const [sealed, previous] = [secrets, previousSecret].map(text => {
      return text === null ? null : renew('notification-channel', `notification-channel:${id}`, text)
    })
    const data = { ...(sealed ? { secrets: sealed } : {}), ...(previous ? { previousSecret: previous } : {}) }
    if (sealed || previous) await tx.notificationChannel.update({ where: { id }, data })
  }
  for (const { password } of await tx.artifactRemote.findMany({ where: { organizationId } })) {
    const sealed = password && renew('artifact-remote', `artifact-remote:${organizationId}`, password)
    if (sealed) await tx.artifactRemote.update({ where: { organizationId }, data: { password: sealed } })
  }
  const answers = await tx.idempotencyRecord.findMany({ where: { organizationId, body: { not: null } } })
  for (const { caller, key, body } of answers) {
    const sealed = renew('answer', `answer:${organizationId}:${caller}:${key}`, body ?? '')
    const where = { organizationId_caller_key: { organizationId, caller, key } }
    if (sealed) await tx.idempotencyRecord.update({ where, data: { body: sealed } })
  }
}

/** As they are published: what gateways run must not change with it. */
const SEALED_FIELDS = {
  provider: { field: 'credential', purpose: 'credential', context: 'provider' },
  content_key: { field: 'wrappedKey', purpose: 'content', context: 'content-key' },
} as const

async function renewDocuments(tx: Transaction, { organizationId }: Context, renew: Renew): Promise<void> {
  const kind = { in: Object.keys(SEALED_FIELDS) }
  const rows = await tx.gatewayConfig.findMany({ where: { organizationId, kind, deleted: false } })
  for (const row of rows) {
    const { field, purpose, context } = SEALED_FIELDS[row.kind as keyof typeof SEALED_FIELDS]
    const document = row.doc as Record<string, unknown>
    const value = document[field]
    const sealed = typeof value === 'string' ? renew(purpose, `${context}:${row.id}`, value) : null
    if (!sealed) continue
    const json = JSON.stringify({ ...document, [field]: sealed })
    await tx.$queryRaw`select publish_config(${organizationId}::uuid, ${row.kind}, ${row.id}::uuid, ${json}::jsonb, false)`
  }
}

function opened(secret: string, purpose: SecretPurpose, context: string, sealed: string): string | null {
  try {
    return open(deriveKey(secret, purpose), context, sealed)
  } catch {
    return null
  }
}
