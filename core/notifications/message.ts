import { z } from 'zod'

/** What is told, as it waits to be delivered. Whoever delivers decides how much of it a channel may carry. */
export const NotificationMessage = z.strictObject({
  kind: z.string(),
  title: z.string(),
  detail: z.string(),
  /** The path of the page where one acts on it. */
  href: z.string(),
  dueAt: z.iso.datetime().nullable(),
  /** The classification tier of what the details hold; null: of none. */
  tier: z.string().nullable(),
  /** The request that it asks to decide; null: nothing to decide. */
  approvalId: z.uuid().nullable(),
  /** Names of those who are told, for channels that many read. */
  people: z.array(z.string()),
})
export type NotificationMessage = z.infer<typeof NotificationMessage>

/** What an attempt to deliver came to. `retry` may go well later; `failed` will not. */
export type SendResult = {
  readonly outcome: 'sent' | 'retry' | 'failed'
  /** Of HTTP or SMTP; null when there was no answer. */
  readonly status: number | null
  /** The other side's answer in short, or what went wrong. */
  readonly answer: string
  /** What the other side calls the message. */
  readonly remoteId?: string
  /** How long the other side asks to wait, in milliseconds. */
  readonly retryAfterMs?: number
}
