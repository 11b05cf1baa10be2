import { deflateRawSync, type ZlibOptions } from 'node:zlib'
import { sealContent } from '#core/content/content-cipher.ts'
import type { RowTarget } from '#gateway/config/copy-rows.ts'
import type { SpooledEntry } from './content-block.ts'

/** Below that, compression saves less than a row takes anyway. */
const WORTH_BYTES = 512
/** Up to that size a window of as many bytes does, which takes 20 KB of memory to set up instead of 256. */
const SHORT_BYTES = 4_096
const SHORT: ZlibOptions = { level: 1, windowBits: 12, memLevel: 5, chunkSize: SHORT_BYTES }

/** Where packed content goes. */
export const CONTENTS: RowTarget = {
  prepare: 'prepare_content_copy',
  table: 'copied_request_contents',
  columns: ['id', 'occurred_at', 'organization_id', 'logging', 'key_id', 'truncated', 'plain_bytes', 'sealed'],
  record: 'record_copied_contents',
}

/** Compresses an entry, seals it under its organization's key, and makes a row of it, with its line end. */
export function packContent(entry: SpooledEntry, { id: keyId, key }: { id: string; key: Buffer }): string {
  const { id, occurredAt, organizationId, logging, truncated, frame } = entry
  const packed = frame.length < WORTH_BYTES ? frame : deflateRawSync(frame, frame.length <= SHORT_BYTES ? SHORT : {})
  const smaller = packed.length < frame.length
  const sealed = sealContent(key, entry, smaller ? 'deflated' : 'plain', smaller ? packed : frame)
  const cells = [id, occurredAt, organizationId, logging, keyId, truncated ? 't' : 'f', frame.length]
  return `${cells.join('\t')}\t\\\\x${sealed.toString('hex')}\n`
}
