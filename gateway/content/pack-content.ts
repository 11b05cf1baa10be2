import { deflateRawSync } from 'node:zlib'
import { sealContent } from '#core/content/content-cipher.ts'
import type { SpooledEntry } from './content-block.ts'

/** Below that, compression saves less than a row takes anyway. */
const WORTH_BYTES = 512

/** One entry as `record_request_contents` takes it. */
export interface PackedContent {
  readonly id: string
  readonly occurredAt: string
  readonly organizationId: string
  readonly logging: string
  readonly keyId: string
  readonly truncated: boolean
  readonly plainBytes: number
  /** Base64. */
  readonly sealed: string
}

/** Compresses an entry, and seals it under its organization's key. */
export function packContent(entry: SpooledEntry, { id: keyId, key }: { id: string; key: Buffer }): PackedContent {
  const { id, occurredAt, organizationId, logging, truncated, frame } = entry
  const deflated = frame.length < WORTH_BYTES ? frame : deflateRawSync(frame)
  const smaller = deflated.length < frame.length
  const sealed = sealContent(key, entry, smaller ? 'deflated' : 'plain', smaller ? deflated : frame)
  const plainBytes = frame.length
  return { id, occurredAt, organizationId, logging, keyId, truncated, plainBytes, sealed: sealed.toString('base64') }
}
