import { deflateRawSync } from 'node:zlib'
import { sealContent } from '#core/content/content-cipher.ts'
import { type FramedAnswer, type FramedPart, frameContent } from '#core/content/content-frame.ts'
import type { RequestEvent } from '#core/contracts/request-event.ts'

/** What is kept of one request, before it is sealed. */
export interface KeptConversation {
  readonly event: Pick<RequestEvent, 'id' | 'occurredAt' | 'organizationId'>
  readonly logging: 'full' | 'restricted'
  readonly request: unknown
  /** Null: none was received, or none is kept. */
  readonly response: unknown
  readonly form?: FramedAnswer['form']
}

/** A content entry as `record_request_events` takes it, sealed as gateways do. */
export function sealConversation(kept: KeptConversation, key: { id: string; dataKey: Buffer }) {
  const { id, occurredAt, organizationId } = kept.event
  const response: FramedAnswer | null =
    kept.response === null ? null : { ...partOf(kept.response), form: kept.form ?? 'body' }
  const frame = Buffer.concat(frameContent(partOf(kept.request), response))
  const sealed = sealContent(key.dataKey, { organizationId, id }, 'deflated', deflateRawSync(frame))
  return {
    ...{ id, occurredAt, organizationId, logging: kept.logging, keyId: key.id, truncated: false },
    plainBytes: frame.length,
    sealed: sealed.toString('base64'),
  }
}

function partOf(value: unknown): FramedPart {
  return { bytes: Buffer.from(JSON.stringify(value)), truncated: false }
}
