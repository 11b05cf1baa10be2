/** A whole answer as it is kept, with what is needed to send it again and to say what that saved. */
export interface StoredAnswer {
  /** Who made it. */
  readonly modelId: string
  readonly contentType: string
  /** Unix milliseconds. */
  readonly madeAt: number
  readonly expiresAt: number
  /** How long the caller waited for it. */
  readonly latencyMs: number
  /** Nano-US-dollars as text; null: it had no price. */
  readonly costNanoUsd: string | null
  readonly tokens: number | null
  /** What the client was sent, to the byte; a stream with all its events. */
  readonly body: Buffer
}

/** One answer as bytes: the length of its head, the head as JSON, the body. */
export function packAnswer({ body, ...head }: StoredAnswer): Buffer {
  const text = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text, body])
}

/** What `packAnswer` made. Throws when it is not that. */
export function unpackAnswer(bytes: Buffer): StoredAnswer {
  const end = 4 + bytes.readUInt32BE(0)
  const head = JSON.parse(bytes.subarray(4, end).toString('utf8')) as Omit<StoredAnswer, 'body'>
  return { ...head, body: bytes.subarray(end) }
}
