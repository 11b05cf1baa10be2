import { deriveKey, type SecretPurpose } from '#core/secrets.ts'
import { env } from './env.ts'

const derived = new Map<SecretPurpose, Buffer>()

/** The installation's key for one purpose, derived from GATEHOUSE_SECRET_KEY. */
export function secretKey(purpose: SecretPurpose): Buffer {
  let key = derived.get(purpose)
  if (!key) {
    key = deriveKey(env().GATEHOUSE_SECRET_KEY, purpose)
    derived.set(purpose, key)
  }
  return key
}
