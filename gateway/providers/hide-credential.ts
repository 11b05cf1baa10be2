import type { ProviderEntry } from '#gateway/config/entries.ts'

const HIDDEN = '[credential]'

/** A provider's error without its own credential: some quote the key that they refuse. */
export function hideCredential(provider: ProviderEntry | undefined, text: Buffer): Buffer {
  const credential = provider?.credential
  if (!credential || !text.includes(credential)) return text
  return Buffer.from(text.toString('utf8').replaceAll(credential, HIDDEN))
}
