import { EventEmitter } from 'node:events'
import type { LiveMessage } from '#core/contracts/replica-status.ts'

// Next bundles routes and instrumentation apart: both must meet at the same emitter.
const kept = globalThis as typeof globalThis & { gatehouseLiveFeed?: EventEmitter<{ message: [LiveMessage] }> }

function feed() {
  if (!kept.gatehouseLiveFeed) {
    kept.gatehouseLiveFeed = new EventEmitter()
    // One listener for each open page.
    kept.gatehouseLiveFeed.setMaxListeners(0)
  }
  return kept.gatehouseLiveFeed
}

/** Passes a message on to every open page of this process. */
export function passOn(message: LiveMessage): void {
  feed().emit('message', message)
}

/** Hears of what concerns one organization; returns the way to stop. */
export function follow(organizationId: string, hear: (message: LiveMessage) => void): () => void {
  const listener = (message: LiveMessage) => {
    if (message.organizationId === null || message.organizationId === organizationId) hear(message)
  }
  feed().on('message', listener)
  return () => feed().off('message', listener)
}
