import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from 'node:crypto'
import { open, seal } from '#core/secrets.ts'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FORMS = ['plain', 'deflated'] as const
/** How the plaintext is packed: as it is, or as a raw DEFLATE stream (RFC 1951). */
export type ContentForm = (typeof FORMS)[number]

/** Whose content it is: bound to the ciphertext, so that it opens nowhere else. */
export interface ContentOwner {
  readonly organizationId: string
  /** The request's id. */
  readonly id: string
}

/** A new key for an organization's content. */
export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES)
}

/** A data key under the installation's `content` key, bound to its own id. */
export function wrapDataKey(master: Buffer, keyId: string, dataKey: Buffer): string {
  return seal(master, `content-key:${keyId}`, dataKey.toString('base64url'))
}

/** Throws when the installation's key or the id is another one. */
export function unwrapDataKey(master: Buffer, keyId: string, wrapped: string): Buffer {
  return Buffer.from(open(master, `content-key:${keyId}`, wrapped), 'base64url')
}

/**
 * Encrypts a content entry with AES-256-GCM under a key of its own, derived from the data key and the request's id
 * (HKDF-SHA-256, RFC 5869): however many entries a data key protects, no two share key and nonce. The result is a
 * byte for the form, nonce, tag and ciphertext.
 */
export function sealContent(dataKey: Buffer, owner: ContentOwner, form: ContentForm, bytes: Uint8Array): Buffer {
  const nonce = newNonce()
  const kind = Buffer.of(FORMS.indexOf(form) + 1)
  const cipher = createCipheriv('aes-256-gcm', entryKey(dataKey, owner), nonce).setAAD(boundTo(kind, owner))
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([kind, nonce, cipher.getAuthTag(), body])
}

/** Nonces are drawn many at a time: each one is a copy, used once. */
const drawn = Buffer.alloc(NONCE_BYTES * 256)
let used = drawn.length

function newNonce(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  used += NONCE_BYTES
  return Buffer.from(drawn.subarray(used - NONCE_BYTES, used))
}

/** Opens what `sealContent` made. Throws when key, owner or a single bit is another. */
export function openContent(
  dataKey: Buffer,
  owner: ContentOwner,
  sealed: Uint8Array,
): { form: ContentForm; bytes: Buffer } {
  const whole = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const kind = whole.subarray(0, 1)
  const form = FORMS[(kind[0] ?? 0) - 1]
  if (!form) throw new Error('not a content entry of a known form')
  const body = 1 + NONCE_BYTES + TAG_BYTES
  const nonce = whole.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', entryKey(dataKey, owner), nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(boundTo(kind, owner)).setAuthTag(whole.subarray(1 + NONCE_BYTES, body))
  return { form, bytes: Buffer.concat([decipher.update(whole.subarray(body)), decipher.final()]) }
}

/** RFC 5869: extracted once for an organization's data key, expanded by one block for each entry. */
function entryKey(dataKey: Buffer, { organizationId, id }: ContentOwner): KeyObject {
  const expanded = createHmac('sha256', extractedKey(dataKey, organizationId)).update(`content:${id}\x01`).digest()
  return createSecretKey(expanded)
}

const extracted = new WeakMap<Buffer, { organizationId: string; key: KeyObject }>()

function extractedKey(dataKey: Buffer, organizationId: string): KeyObject {
  const known = extracted.get(dataKey)
  if (known?.organizationId === organizationId) return known.key
  const key = createSecretKey(createHmac('sha256', organizationId).update(dataKey).digest())
  extracted.set(dataKey, { organizationId, key })
  return key
}

function boundTo(kind: Buffer, { organizationId, id }: ContentOwner): Buffer {
  return Buffer.concat([kind, Buffer.from(`${organizationId} ${id}`)])
}
