import { deriveKey, keyHashKey, type SecretPurpose } from '#core/secrets.ts'
import { env } from './env.ts'

const derived = new Map<SecretPurpose, Buffer>()

/** The installation's key for one purpose, derived from GATEHOUSE_SECRET_KEY. */
export function secretKey(purpose: SecretPurpose): Buffer {
  let key = derived.get(purpose)
  if (!key) {
    const { GATEHOUSE_SECRET_KEY: secret, GATEHOUSE_KEY_HASH_KEY: hashKey } = env()
    key = purpose === 'api-key-hash' ? keyHashKey(secret, hashKey) : deriveKey(secret, purpose)
    derived.set(purpose, key)
  }
  return key
}
