import { createHmac, timingSafeEqual } from 'node:crypto'
import { databases } from '../database.ts'
import { secretKey } from '../secret-keys.ts'

/** Crockford's base 32: no letters that are taken for digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16

/**
 * The code that lets the first administrator in, such as `7KQM-02XD-9HBT-VC4E` (80 bits). It follows from
 * the installation's secret key, so only who can see the server's terminal or its secrets knows it.
 */
export function setUpCode(): string {
  const digest = createHmac('sha256', secretKey('set-up')).update('first administrator').digest()
  const letters = Array.from(digest.subarray(0, LENGTH), byte => ALPHABET[byte % 32]).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

/** Compares a typed code in constant time; spaces, dashes and case do not matter. */
export function isSetUpCode(typed: string): boolean {
  const plain = (text: string) => Buffer.from(text.toUpperCase().replace(/[^0-9A-Z]/g, ''))
  const [given, right] = [plain(typed), plain(setUpCode())]
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Whether the installation waits for its first administrator: no organization lives in it. */
export async function needsSetUp(): Promise<boolean> {
  return (
    (await databases().system.organization.findFirst({ where: { removedAt: null }, select: { id: true } })) === null
  )
}
