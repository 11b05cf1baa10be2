import pg from 'pg'
import { CONFIG_CHANNEL, LIVE_CHANNEL, LiveMessage } from '#core/contracts/replica-status.ts'
import { log } from './log.ts'

export interface NotificationHandlers {
  /** New configuration was published, or may have been while the connection was away. */
  onConfig(): void
  /** Something that pages show has changed. */
  onLive(message: LiveMessage): void
}

export interface NotificationsListener {
  stop(): Promise<void>
}

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 10_000

/**
 * Listens on one connection of its own to what other processes announce through the database, and connects
 * again for as long as it takes when that breaks. After each connection it says that everything may have
 * changed, since announcements made meanwhile are lost.
 */
export function listenForNotifications(databaseUrl: string, handlers: NotificationHandlers): NotificationsListener {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let retryMs = FIRST_RETRY_MS

  const connect = async () => {
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      options: '-c role=gatehouse_system',
      application_name: 'gatehouse notifications',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    client = fresh
    fresh.on('notification', message => dispatch(message.channel, message.payload ?? '', handlers))
    fresh.on('error', error => log.warn({ error: error.message }, 'the connection for notifications broke'))
    fresh.once('end', () => client === fresh && reconnect())
    try {
      await fresh.connect()
      await fresh.query(`listen ${CONFIG_CHANNEL}; listen ${LIVE_CHANNEL}`)
      retryMs = FIRST_RETRY_MS
      handlers.onConfig()
      for (const topic of LiveMessage.shape.topic.options) handlers.onLive({ topic, organizationId: null })
    } catch (error) {
      log.warn({ error: String(error) }, 'no connection for notifications')
      await fresh.end().catch(() => undefined)
      if (client === fresh) reconnect()
    }
  }

  const reconnect = () => {
    if (stopped || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, retryMs)
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
  }

  void connect()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}

function dispatch(channel: string, payload: string, handlers: NotificationHandlers): void {
  if (channel === CONFIG_CHANNEL) {
    handlers.onConfig()
    return
  }
  const message = LiveMessage.safeParse(parse(payload))
  if (message.success) handlers.onLive(message.data)
  else log.warn({ channel }, 'a notification of an unknown form was left out')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
