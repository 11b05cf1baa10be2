import type { ContentKept } from '#core/contracts/request-event.ts'

/** One entry as it stands in the spool. */
export interface SpooledContent {
  readonly id: string
  readonly occurredAt: string
  readonly organizationId: string
  readonly logging: Extract<ContentKept, 'full' | 'restricted'>
  /** Sealed by a SpoolCipher, bound to the id. */
  readonly sealed: string
  /** The organization's key in force. */
  readonly keyId: string
  readonly dataKey: Uint8Array
}

/** What the thread is asked. */
export interface PackingJob {
  readonly id: number
  readonly entries: readonly SpooledContent[]
}

/** One entry as `record_request_events` takes it. */
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

/** What it answers; `unreadable` counts entries that do not open and are left out. */
export interface PackingAnswer {
  readonly id: number
  readonly packed: readonly PackedContent[]
  readonly unreadable: number
}
