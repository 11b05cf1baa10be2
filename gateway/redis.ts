import { createClient } from '@redis/client'
import { errorFields, type Log } from './log.ts'

const CONNECT_TIMEOUT_MS = 2_000
const RECONNECT_FIRST_MS = 100
const RECONNECT_MOST_MS = 2_000
const PING_MS = 500
/** A server that owes an answer to a ping for longer than this is left alone. */
const SILENCE_MS = 1_000
/** A connection without any traffic for this long is opened anew; pings keep a healthy one from it. */
const DEAD_MS = 5_000
const MOST_COMMANDS = 4_096

/** The client with its library's default commands, RESP3. */
export type RedisClient = ReturnType<typeof connectTo>

/**
 * The gateway's one connection to Redis or Valkey, which is optional. Nothing waits for it: while it is away or
 * silent, commands are rejected at once, and so they are when 4,096 wait for an answer. Whoever uses it asks
 * `ready` first, goes on without it when that is false, and starts each of its keys with `gatehouse:`.
 */
export class Redis {
  readonly client: RedisClient
  readonly #log: Log
  #pings: NodeJS.Timeout | undefined
  #pingSentAt: number | null = null
  #said: 'ready' | 'away' | null = null

  constructor(url: string, log: Log) {
    this.#log = log
    this.client = connectTo(url)
    this.client.on('error', error => this.#say('away', error))
    this.client.on('ready', () => {
      this.#pingSentAt = null
      this.#say('ready')
    })
  }

  /** Whether it is connected and has answered lately. */
  get ready(): boolean {
    if (!this.client.isReady) return false
    return this.#pingSentAt === null || performance.now() - this.#pingSentAt < SILENCE_MS
  }

  /** Begins to connect, and does so again after every loss. */
  start(): void {
    // It only rejects when it is closed before it was connected; what else fails is told by the event.
    this.client.connect().catch(() => {})
    this.#pings = setInterval(() => this.#ping(), PING_MS)
  }

  /** Ends the connection; commands that wait for an answer are rejected. */
  stop(): void {
    clearInterval(this.#pings)
    this.client.destroy()
  }

  #ping(): void {
    if (!this.client.isReady) return
    if (this.#pingSentAt !== null) {
      if (!this.ready) this.#say('away')
      return
    }
    const sentAt = performance.now()
    this.#pingSentAt = sentAt
    const settle = () => {
      if (this.#pingSentAt === sentAt) this.#pingSentAt = null
      if (this.ready) this.#say('ready')
    }
    this.client.ping().then(settle, settle)
  }

  #say(state: 'ready' | 'away', error?: unknown): void {
    if (this.#said === state) return
    this.#said = state
    if (state === 'ready') this.#log.info('Redis is connected')
    else this.#log.warn(error ? { error: errorFields(error) } : {}, 'Redis is away: this replica goes on alone')
  }
}

function connectTo(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_COMMANDS,
    // Silence is noticed by the pings: a timer for each command would cost more than the command.
    commandOptions: { timeout: 0 },
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: DEAD_MS,
      reconnectStrategy: retries => Math.min(RECONNECT_FIRST_MS * 2 ** retries, RECONNECT_MOST_MS),
    },
  })
}
