import type { LiveMessage } from '#core/contracts/replica-status.ts'
import { follow } from './live-feed.ts'

const HEARTBEAT_MS = 15_000
const CHECK_MS = 5_000
/** Messages of one topic within this time are one: a busy gateway announces many times a second. */
const GATHER_MS = 250

export interface LiveStreamOptions {
  organizationId: string
  /** Whether the session still stands; asked every few seconds and at news other than requests. */
  isWelcome(): Promise<boolean>
  /** Aborted when the browser has gone. */
  signal: AbortSignal
}

/**
 * What concerns one organization as server-sent events: `event: <topic>` with the message as data, and a
 * comment every 15 seconds. Ends when the session does; the browser then connects again and is refused.
 */
export function liveStream({ organizationId, isWelcome, signal }: LiveStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end: () => void = () => undefined
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const waiting = new Map<string, LiveMessage>()
      const flush = () => {
        for (const message of waiting.values()) send(`event: ${message.topic}\ndata: ${toData(message)}\n\n`)
        waiting.clear()
      }
      // Who cannot be looked up is not welcome either.
      const check = () => void isWelcome().then(yes => yes || end(), end)
      const unfollow = follow(organizationId, message => {
        // Who is deactivated loses their keys, which is announced.
        if (message.topic !== 'events') check()
        if (waiting.size === 0) setTimeout(() => ended || flush(), GATHER_MS)
        waiting.set(`${message.topic} ${message.id ?? ''}`, message)
      })
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      const checking = setInterval(check, CHECK_MS)
      let ended = false
      end = () => {
        if (ended) return
        ended = true
        unfollow()
        clearInterval(heartbeat)
        clearInterval(checking)
        signal.removeEventListener('abort', end)
        try {
          controller.close()
        } catch {
          // The browser had closed it already.
        }
      }
      signal.addEventListener('abort', end)
      send('retry: 2000\n\n')
    },
    cancel: () => end(),
  })
}

function toData({ topic, id }: LiveMessage): string {
  return JSON.stringify({ topic, ...(id ? { id } : {}) })
}
