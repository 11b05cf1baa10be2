import type { ProviderEntry } from '#gateway/config/entries.ts'

const HIDDEN = '[credential]'

/** A provider's error without the secrets of its credential: some quote the key or the token that they refuse. */
export function hideCredential(provider: ProviderEntry | undefined, text: Buffer): Buffer {
  if (!provider) return text
  let shown = text
  for (const secret of provider.secrets) {
    if (shown.includes(secret)) shown = Buffer.from(shown.toString('utf8').replaceAll(secret, HIDDEN))
  }
  return shown
}
