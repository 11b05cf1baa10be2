import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/** What a derived key is for; each purpose has its own, so that one leaking leaves the others safe. */
export type SecretPurpose =
  | 'credential'
  | 'api-key-hash'
  | 'session'
  | 'gateway-admin'
  | 'audit-signing'
  | 'answer'
  | 'content'
  | 'content-spool'
  | 'set-up'
  | 'failover-drill'
  | 'cache-place'
  | 'cache-answer'
  | 'artifact-remote'
  | 'notification-channel'
  | 'unsubscribe'

/** 32 bytes derived from the installation's secret for one purpose (HKDF-SHA-256, RFC 5869). */
export function deriveKey(secret: string, purpose: SecretPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'gatehouse', purpose, 32))
}

/**
 * The key that secrets of API keys and service tokens are hashed with: the one given, as base64url, which an installation
 * keeps when its secret is replaced; else derived from the secret.
 */
export function keyHashKey(secret: string, given: string | undefined): Buffer {
  return given ? Buffer.from(given, 'base64url') : deriveKey(secret, 'api-key-hash')
}

/** What GATEHOUSE_KEY_HASH_KEY may be: 32 bytes as base64url. */
export const KEY_HASH_KEY = /^[\w-]{43}$/

/**
 * Encrypts a text with AES-256-GCM. `context` is bound as associated data: a ciphertext moved to
 * another record does not open. Result: `v1.<base64url of nonce, tag and ciphertext>`.
 */
export function seal(key: Buffer, context: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
}

/** Opens what `seal` made. Throws when the key, the context or the text is not the one it was made with. */
export function open(key: Buffer, context: string, sealed: string): string {
  if (!sealed.startsWith('v1.')) throw new Error('not a sealed text of a known version')
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

/** As `seal`, for bytes: nonce, tag and ciphertext. */
export function sealBytes(key: Buffer, context: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** Opens what `sealBytes` made. Throws when the key, the context or the bytes are not those it was made with. */
export function openBytes(key: Buffer, context: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
}

/** SHA-256 of a text or bytes. */
export function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}
