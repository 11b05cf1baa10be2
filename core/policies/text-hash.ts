import { createHash } from 'node:crypto'

/** SHA-256, in hex, of a policy's text in UTF-8: what legal reviews, the sponsor ratifies and people acknowledge. */
export function textHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
