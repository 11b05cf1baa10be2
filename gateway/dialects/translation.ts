import { servedAs } from '#core/routing/served-as.ts'
import {
  type EventReader,
  type EventWriter,
  TRANSLATED_DIALECTS,
  type TranslatedDialect,
} from '#core/translation/conversation.ts'
import { type GivenNames, withCarriedNames, withGivenName, withGivenNames } from '#core/translation/tool-names.ts'
import { TRANSLATIONS } from '#core/translation/translated-dialects.ts'
import { UntranslatableError } from '#core/translation/untranslatable.ts'
import type { ModelEntry } from '#gateway/config/entries.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { OPERATIONS, type Operation } from '#gateway/operations.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { EmbeddedError } from '#gateway/upstream/embedded-error.ts'

/** Output limit for a dialect that demands one, when neither the caller nor the catalog sets it. */
const DEFAULT_OUTPUT_TOKENS = 4_096
/** Vendors that know the limit of a chat completion by its newer name. */
const NEWER_LIMIT = new Set(['openai', 'azure_openai', 'sandbox'])
const MAX_LISTED = 20
const MAX_NAME_LENGTH = 64

/** The operation that a model serves a call with: the call's own, or the nearest it can be translated to; null: none. */
export function upstreamOperation(operation: Operation, model: ModelEntry): Operation | null {
  if (model.dialects.has(operation.dialect)) return operation
  const name = servedAs(operation, model.dialects)
  return OPERATIONS.find(one => one.name === name) ?? null
}

/** One request that goes to its provider in another dialect than the client's. */
export class Translation {
  readonly from: TranslatedDialect
  readonly to: TranslatedDialect
  /** The body for the provider, in its dialect. */
  readonly fields: Record<string, unknown>
  /** What was not carried on, as a header can hold it. */
  readonly summary: string
  readonly #given: GivenNames

  /** Throws a 400 that names the parameter which cannot be carried. */
  constructor({ body }: Pick<Exchange, 'body'>, candidate: Candidate, from: TranslatedDialect, to: TranslatedDialect) {
    this.from = from
    this.to = to
    const { upstreamModel, maxOutputTokens } = candidate.model.document
    try {
      const { conversation, given } = withCarriedNames(TRANSLATIONS[from].readRequest(body), to)
      this.#given = given
      this.fields = TRANSLATIONS[to].writeRequest(conversation, {
        model: upstreamModel,
        maxTokens: maxOutputTokens ?? DEFAULT_OUTPUT_TOKENS,
        olderLimit: !NEWER_LIMIT.has(candidate.provider.document.kind),
      })
      this.summary = translationSummary(from, to, conversation.dropped)
    } catch (error) {
      // JSON can be nested deeper than it can be walked or written.
      if (error instanceof RangeError) throw new Refusal(400, 'body_too_deep', 'The body is nested too deeply.')
      if (!(error instanceof UntranslatableError)) throw error
      const options = { param: error.param, rule: 'translation' }
      throw new Refusal(400, 'untranslatable', `${error.message} The model speaks ${to}.`, options)
    }
  }

  /** The body for a provider that speaks the dialect as it is. */
  get body(): Buffer {
    return Buffer.from(JSON.stringify(this.fields))
  }

  /** A whole answer in the client's dialect. Throws SyntaxError when it cannot be read. */
  answer(body: unknown): Buffer {
    const answer = TRANSLATIONS[this.to].readAnswer(body)
    const parts = withGivenNames(answer.parts, this.#given)
    return Buffer.from(JSON.stringify(TRANSLATIONS[this.from].writeAnswer({ ...answer, parts })))
  }

  /** A translator for one stream. */
  stream(wantsUsage: boolean): StreamTranslation {
    const [reader, writer] = [TRANSLATIONS[this.to].eventReader(), TRANSLATIONS[this.from].eventWriter(wantsUsage)]
    return new StreamTranslation(reader, writer, this.#given)
  }
}

/** Turns the frames of one dialect's stream into another's, one by one as they come. */
export class StreamTranslation {
  readonly #reader: EventReader
  readonly #writer: EventWriter
  readonly #given: GivenNames

  constructor(reader: EventReader, writer: EventWriter, given: GivenNames = new Map()) {
    this.#reader = reader
    this.#writer = writer
    this.#given = given
  }

  /** What a frame's data adds. Throws SyntaxError when it cannot be read. */
  push(data: string): Buffer {
    let text = ''
    for (const event of this.#reader.read(data)) text += this.#writer.write(withGivenName(event, this.#given))
    return Buffer.from(text)
  }

  /** Events written so far. */
  get written(): number {
    return this.#writer.written
  }

  /** The end of the stream. */
  finish(): Buffer {
    return Buffer.from(this.#writer.finish())
  }
}

/** The translation of a request for a candidate; null when the model speaks the client's dialect. */
export function translationFor(
  exchange: Pick<Exchange, 'operation' | 'body'>,
  candidate: Candidate,
  upstream: Operation,
): Translation | null {
  if (upstream === exchange.operation) return null
  const [from, to] = [translatedDialect(exchange.operation), translatedDialect(upstream)]
  return from && to ? new Translation(exchange, candidate, from, to) : null
}

/** A provider's error for a client of the other dialect: same meaning, the status that its SDKs know. */
export function translatedError(exchange: Exchange, status: number, error: EmbeddedError): Refusal {
  const anthropic = exchange.operation.family === 'anthropic'
  const known = anthropic && status === 503 ? 529 : !anthropic && status === 529 ? 503 : status
  const words = error.message ?? 'The provider answered with an error that says no more.'
  return new Refusal(known, error.code, words, { outcome: 'upstream_error', rule: 'upstream' })
}

function translatedDialect({ name }: Operation): TranslatedDialect | null {
  return TRANSLATED_DIALECTS.find(dialect => dialect === name) ?? null
}

/** What was not carried on between two forms of a request, as a header can hold it. */
export function translationSummary(from: string, to: string, dropped: ReadonlySet<string>): string {
  if (dropped.size === 0) return `${from} to ${to}`
  const names = [...dropped].slice(0, MAX_LISTED).map(name => name.slice(0, MAX_NAME_LENGTH).replace(/[^\w.-]/g, '_'))
  const more = dropped.size > MAX_LISTED ? `, and ${dropped.size - MAX_LISTED} more` : ''
  return `${from} to ${to}; dropped: ${names.join(', ')}${more}`
}
