/** What the portal announces while a page is open. */
export type LiveTopic = 'approvals' | 'config' | 'events' | 'fleet' | 'keys' | 'notices' | 'drills' | 'board'

export type LiveHandler = (topic: LiveTopic, data: unknown) => void

const topics: readonly LiveTopic[] = ['approvals', 'config', 'events', 'fleet', 'keys', 'notices', 'drills', 'board']
const reconnectAfter = 3_000
const handlers = new Map<LiveHandler, readonly LiveTopic[]>()
let source: EventSource | null = null
let retry: ReturnType<typeof setTimeout> | undefined

/** Calls the handler for each message of the topics, over one connection a page, until the returned function is called. */
export function listen(wanted: readonly LiveTopic[], handler: LiveHandler): () => void {
  handlers.set(handler, wanted)
  if (!source) connect()
  return () => {
    handlers.delete(handler)
    if (handlers.size === 0) disconnect()
  }
}

function connect() {
  clearTimeout(retry)
  const opened = new EventSource('/api/events')
  for (const topic of topics) {
    opened.addEventListener(topic, message => deliver(topic, parse((message as MessageEvent<string>).data)))
  }
  opened.onerror = () => {
    // The browser reconnects by itself except after a refusal, when it gives up for good.
    if (opened.readyState === EventSource.CLOSED && handlers.size > 0) retry = setTimeout(connect, reconnectAfter)
  }
  source = opened
}

function disconnect() {
  clearTimeout(retry)
  source?.close()
  source = null
}

function deliver(topic: LiveTopic, data: unknown) {
  for (const [handler, wanted] of handlers) {
    if (wanted.includes(topic)) handler(topic, data)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
