import { type FramedAnswer, type FramedPart, frameContent } from '#core/content/content-frame.ts'
import { SpoolCipher } from '#core/content/spool-cipher.ts'
import type { ContentKept } from '#core/contracts/request-event.ts'
import { streamReader } from '#gateway/dialects/stream-reader.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { SseFrames } from '#gateway/upstream/sse-frames.ts'
import type { ContentEntry } from './content-block.ts'
import { ContentMemory } from './content-memory.ts'
import { ContentSegments } from './content-segments.ts'
import { StreamedAnswer } from './streamed-answer.ts'

/** What keeping content takes of the process: a place in the spool, and a bound on memory. */
export class ContentKeeper {
  readonly segments: ContentSegments
  readonly memory: ContentMemory
  /** Bytes of a request, and of an answer, that are kept. */
  readonly limit: number
  /** Requests whose content was left out, since the spool had no room for it. */
  withoutRoom = 0

  constructor(directory: string, spoolKey: Buffer, limit: number) {
    this.segments = new ContentSegments(directory, new SpoolCipher(spoolKey))
    this.memory = new ContentMemory(limit)
    this.limit = limit
  }
}

export interface TakenContent {
  readonly kept: ContentKept
  /** Null: nothing is kept. */
  readonly content: ContentEntry | null
}

/**
 * What the tier in force lets be kept of a request. A tier that is unknown, gone or was made stricter while the
 * request ran keeps nothing; the stricter of then and now holds.
 */
export function contentKept(exchange: Exchange): ContentKept {
  const { tier, services, key } = exchange
  // A guardrail may refuse an answer that has begun.
  if (exchange.outcome === 'refused') return 'unanswered'
  const organization = services.configuration.organizations.get(key?.organizationId ?? '')
  if (!organization?.contentKey) return 'off'
  if (!tier) return 'no_tier'
  const now = organization.guardrails.tierNamed(tier.name)?.contentLogging ?? 'metadata'
  if (tier.contentLogging === 'metadata' || now === 'metadata') return 'metadata'
  return tier.contentLogging === 'full' && now === 'full' ? 'full' : 'restricted'
}

/** Begins to put a stream's answer together; null when none of it may be kept. A try before this one is forgotten. */
export function keepStream(exchange: Exchange): StreamedAnswer | null {
  forgetStream(exchange)
  const kept = contentKept(exchange)
  const keeps = kept === 'full' || kept === 'restricted'
  exchange.streamedAnswer = keeps ? new StreamedAnswer(exchange.services.content.memory) : null
  return exchange.streamedAnswer
}

/** Keeps nothing of what a stream said. */
export function forgetStream(exchange: Exchange): void {
  exchange.streamedAnswer?.release()
  exchange.streamedAnswer = null
}

/** Takes what may be kept of an answered request. Nothing here waits, encrypts or compresses: the spool does. */
export function takeContent(exchange: Exchange): TakenContent {
  const kept = contentKept(exchange)
  try {
    if (kept !== 'full' && kept !== 'restricted') return { kept, content: null }
    if (!exchange.services.spool.hasRoomForContent) {
      exchange.services.content.withoutRoom++
      return { kept: 'no_room', content: null }
    }
    const request = requestOf(exchange)
    const answer = answerOf(exchange)
    const { id, occurredAtText: occurredAt, key } = exchange
    const content: ContentEntry = {
      id,
      occurredAt,
      organizationId: key?.organizationId ?? '',
      logging: kept,
      truncated: request.truncated || (answer?.truncated ?? false),
      pieces: frameContent(request, answer),
    }
    return { kept, content }
  } finally {
    forgetStream(exchange)
  }
}

/** What was inspected: the client's own bytes where they say the same, else the body as inspection left it. */
function requestOf(exchange: Exchange): FramedPart {
  const { raw, verbatim, body } = exchange
  const bytes = raw && verbatim ? raw : Buffer.from(JSON.stringify(body))
  return cut(bytes, exchange.services.content.limit)
}

/** What the client received; of embeddings nothing, since numbers tell nobody anything. */
function answerOf(exchange: Exchange): FramedAnswer | null {
  const { operation, answer, streamedAnswer, committed, services } = exchange
  if (operation.name === 'embeddings') return null
  if (committed) {
    return streamedAnswer && framed(streamedAnswer, services.content.limit)
  }
  if (answer && exchange.streaming && exchange.cache?.outcome === 'hit') return replayed(exchange, answer.body)
  return answer ? { ...cut(answer.body, services.content.limit), form: 'body' } : null
}

/** What a stream said that comes whole, from the cache. */
function replayed(exchange: Exchange, body: Buffer): FramedAnswer {
  const reader = streamReader(exchange)
  const answer = new StreamedAnswer(exchange.services.content.memory)
  if (reader) {
    reader.kept = answer
    for (const { data } of new SseFrames().push(body)) if (data !== null) reader.read(data)
  }
  const frame = framed(answer, exchange.services.content.limit)
  answer.release()
  return frame
}

/** A text of few characters can be many bytes of JSON: a line of the spool has a largest size. */
function framed(answer: StreamedAnswer, limit: number): FramedAnswer {
  const part = cut(Buffer.from(JSON.stringify(answer.parts())), limit)
  return { ...part, truncated: part.truncated || answer.truncated, form: 'stream' }
}

function cut(bytes: Buffer, limit: number): FramedPart {
  return bytes.length > limit ? { bytes: bytes.subarray(0, limit), truncated: true } : { bytes, truncated: false }
}
