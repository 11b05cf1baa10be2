import { createHash } from 'node:crypto'
import { canonicalize } from 'json-canonicalize'

/** SHA-256, in hex, of what is approved, in the canonical form of RFC 8785: equal content has an equal digest. */
export function snapshotDigest(snapshot: object): string {
  return createHash('sha256').update(canonicalize(snapshot)).digest('hex')
}
