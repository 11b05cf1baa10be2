import { canonicalize } from 'json-canonicalize'
import { sha256 } from '#core/secrets.ts'

/** SHA-256, hexadecimal, of a stage and the state of every criterion in canonical JSON (RFC 8785). */
export function digestOf(stage: number, states: Record<string, string>): string {
  return sha256(canonicalize({ stage, states })).toString('hex')
}
