import type { ThinkingProof } from './conversation.ts'

const PREFIXES = { signature: 'gatehouse.messages.signature:', redacted: 'gatehouse.messages.redacted:' } as const

/**
 * The proof of a thought as responses can hold it (`encrypted_content`), so that their clients send it back and a
 * model that speaks messages goes on with its own thoughts.
 */
export function encryptedContent(proof: ThinkingProof): string {
  return PREFIXES[proof.kind] + proof.value
}

/** The proof that an `encrypted_content` holds; null when it is of another provider. */
export function proofIn(encrypted: string | null): ThinkingProof | null {
  for (const kind of ['signature', 'redacted'] as const) {
    if (encrypted?.startsWith(PREFIXES[kind])) return { kind, value: encrypted.slice(PREFIXES[kind].length) }
  }
  return null
}
