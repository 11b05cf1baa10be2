import { pushConfig } from '#lib/gateway-fleet/push-config.ts'
import { env } from '#lib/platform/env.ts'
import { passOn } from '#lib/platform/live-feed.ts'
import { log } from '#lib/platform/log.ts'
import { listenForNotifications } from '#lib/platform/notifications-listener.ts'
import { startTracing } from './tracing.ts'

// The dev server loads modules anew on every change; the listener must not multiply.
const kept = globalThis as typeof globalThis & { gatehousePortalStarted?: boolean }

/** What the portal does beside answering requests: passes news on to pages and configuration to gateways. */
export async function startPortal(): Promise<void> {
  if (kept.gatehousePortalStarted) return
  kept.gatehousePortalStarted = true
  await startTracing()
  listenForNotifications(env().DATABASE_URL, {
    onConfig: () => void push(),
    onLive: passOn,
  })
}

let pushing = false
let again = false

/** One push at a time: news that comes during one makes one more, however much it is. */
async function push(): Promise<void> {
  if (pushing) {
    again = true
    return
  }
  pushing = true
  try {
    do {
      again = false
      await pushConfig()
    } while (again)
  } catch (error) {
    log.warn({ error: String(error) }, 'configuration could not be pushed to the gateways')
  } finally {
    pushing = false
  }
}
