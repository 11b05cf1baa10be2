import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** live: a person's or team's key; playground: short-lived; st: a service token of the portal's API. */
export const KEY_KINDS = ['live', 'playground', 'st'] as const
export type KeyPrefix = (typeof KEY_KINDS)[number]

export interface ParsedKey {
  kind: KeyPrefix
  publicId: string
  secret: string
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PUBLIC_LENGTH = 12
const SECRET_LENGTH = 32
const CHECKSUM_LENGTH = 6
const PATTERN = new RegExp(
  `^gh_(${KEY_KINDS.join('|')})_([0-9A-Za-z]{${PUBLIC_LENGTH}})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
)

/** A new key `gh_<kind>_<public id>_<secret><checksum>`; 32 base-62 characters of secret are 190 bits. */
export function makeKey(kind: KeyPrefix): ParsedKey & { key: string } {
  const publicId = randomText(PUBLIC_LENGTH)
  const secret = randomText(SECRET_LENGTH)
  const stem = `gh_${kind}_${publicId}_${secret}`
  return { kind, publicId, secret, key: stem + checksum(stem) }
}

/** Reads a key; null when its form or checksum is wrong. Says nothing about whether it was ever issued. */
export function parseKey(text: string): ParsedKey | null {
  const match = PATTERN.exec(text)
  if (!match) return null
  const [, kind, publicId, secret, sum] = match as unknown as [string, KeyPrefix, string, string, string]
  return checksum(`gh_${kind}_${publicId}_${secret}`) === sum ? { kind, publicId, secret } : null
}

/** The keyed hash under which a key's secret is stored. */
export function hashSecret(hashKey: Buffer, secret: string): Buffer {
  return createHmac('sha256', hashKey).update(secret).digest()
}

/** Compares a presented secret with a stored hash in constant time. */
export function secretMatches(hashKey: Buffer, secret: string, stored: Uint8Array): boolean {
  const presented = hashSecret(hashKey, secret)
  return presented.length === stored.length && timingSafeEqual(presented, stored)
}

/** How a key is shown after the first time: enough to recognise it, nothing to use it. */
export function keyHint(kind: KeyPrefix, publicId: string): string {
  return `gh_${kind}_${publicId}_…`
}

function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // Bytes above the largest multiple of 62 would favour the first letters.
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62]
    }
  }
  return text
}

const CRC_OF_BYTE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  return crc
})

/** CRC-32 (IEEE 802.3) in base 62: lets a scanner tell a key from a look-alike without the database. */
function checksum(text: string): string {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ (CRC_OF_BYTE[(crc ^ text.charCodeAt(i)) & 0xff] ?? 0)
  let value = (crc ^ 0xffffffff) >>> 0
  let sum = ''
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    sum = ALPHABET[value % 62] + sum
    value = Math.floor(value / 62)
  }
  return sum
}
