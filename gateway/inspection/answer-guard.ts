import type { LocatedFinding } from '#core/guardrails/decide.ts'
import { inspectText, type TextFinding } from '#core/guardrails/inspect-text.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { decideFor } from '#gateway/exemptions/waive-guardrails.ts'
import { errorFields } from '#gateway/log.ts'
import { Refusal } from '#gateway/refusal.ts'
import { type AnswerDelta, deltasOf } from './answer-deltas.ts'
import { ANSWER, contentBlocked, noteDecision } from './apply-findings.ts'
import { isLarge } from './inspector.ts'

/** Characters that are read again with what follows: what a value is may be said before it. */
const OVERLAP = 256
/** Where nothing can be stopped, so many new characters are read at once. */
const BATCH = 512
/** What ends nearer to the end may go on in the next frame, so it is not counted yet. */
const UNSETTLED = 40

/** Places of one answer that are read, each with what it said last; no answer that a model makes has as many. */
const MOST_PLACES = 4_096

/** What to end a stream with, or null; it comes later when a thread has to read what is to be judged. */
export type Verdict = Refusal | null | Promise<Refusal | null>

/** What one place of the answer has said, from some point on. */
interface Channel {
  readonly location: string
  text: string
  /** Characters that came before `text`. */
  before: number
  /** Of `text`, those that have been read. */
  read: number
  /** Where the last finding that was counted ends. */
  counted: number
}

/**
 * Reads a stream while it passes, on a window that slides. What was sent cannot be taken back or masked: a rule that
 * blocks or masks ends the stream before the frame that completes the finding, and the others count.
 */
export class AnswerGuard {
  readonly #exchange: Exchange
  readonly #plan: InspectionPlan
  readonly #channels = new Map<string, Channel>()
  readonly #found = new Map<string, LocatedFinding>()
  /** What a thread reads, until it has. */
  #reading: Promise<Refusal | null> | null = null
  /** All that came has been read, or what was read has ended the stream. */
  #isRead = false
  #closed = false

  constructor(exchange: Exchange, plan: InspectionPlan) {
    this.#exchange = exchange
    this.#plan = plan
  }

  /** Reads an event before it is sent; nothing else may be read before the verdict is there. */
  read(event: Record<string, unknown> | null): Verdict {
    if (event === null) return null
    try {
      const deltas = deltasOf(event)
      let characters = 0
      for (const { text } of deltas) characters += text.length
      if (!isLarge(characters, deltas.length)) return this.#readNow(deltas)
      const channels = new Set(deltas.map(delta => this.#add(delta)))
      return this.#readLater([...channels], UNSETTLED)
    } catch (error) {
      return answerNotInspected(this.#exchange, error)
    }
  }

  /** Reads what is left when the last frame has come; what to send in place of that frame, or null. */
  finish(): Verdict {
    this.#isRead = true
    try {
      let characters = 0
      for (const { text } of this.#channels.values()) characters += text.length
      if (isLarge(characters, this.#channels.size)) return this.#readLater([...this.#channels.values()], 0)
      for (const channel of this.#channels.values()) {
        const stopped = this.#inspect(channel, 0)
        if (stopped) return stopped
      }
      return null
    } catch (error) {
      return answerNotInspected(this.#exchange, error)
    }
  }

  /**
   * Reads what a stream that broke off, or that nobody takes any more, had left unread; null, or why nothing of the answer
   * may be kept. Of a stream that came to its end there is nothing left.
   */
  readRest(): Verdict {
    if (this.#isRead) return null
    return this.#reading ? this.#reading.then(stopped => stopped ?? this.finish()) : this.finish()
  }

  /** Keeps what was found as evidence; a second call does nothing. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#found.size > 0) noteDecision(this.#exchange, this.#decide([...this.#found.values()]))
  }

  #readNow(deltas: readonly AnswerDelta[]): Refusal | null {
    for (const delta of deltas) {
      const channel = this.#add(delta)
      if (!this.#plan.enforcesOnAnswers && channel.text.length - channel.read < BATCH) continue
      const stopped = this.#inspect(channel, UNSETTLED)
      if (stopped) return stopped
    }
    return null
  }

  /** Has a thread read what the gateway's own would take too long for. */
  #readLater(channels: readonly Channel[], unsettled: number): Promise<Refusal | null> {
    this.#reading = this.#readInThread(channels, unsettled).finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #readInThread(channels: readonly Channel[], unsettled: number): Promise<Refusal | null> {
    try {
      const texts = channels.map(channel => channel.text)
      const found = await this.#exchange.services.inspector.inspect(this.#plan, texts)
      for (const [at, channel] of channels.entries()) {
        const stopped = this.#judge(channel, found[at] ?? [], unsettled)
        if (stopped) return stopped
      }
      return null
    } catch (error) {
      return answerNotInspected(this.#exchange, error)
    }
  }

  #add({ place, text }: AnswerDelta): Channel {
    const channel = this.#channelOf(place)
    channel.text += text
    return channel
  }

  #channelOf(place: string): Channel {
    const known = this.#channels.get(place)
    if (known) return known
    if (this.#channels.size >= MOST_PLACES) throw new Error('the answer has too many places')
    const channel = { location: ANSWER + place, text: '', before: 0, read: 0, counted: 0 }
    this.#channels.set(place, channel)
    return channel
  }

  #inspect(channel: Channel, unsettled: number): Refusal | null {
    if (channel.read === channel.text.length && unsettled > 0) return null
    return this.#judge(channel, inspectText(channel.text, this.#plan.wanted, this.#plan.patterns), unsettled)
  }

  #judge(channel: Channel, findings: readonly TextFinding[], unsettled: number): Refusal | null {
    const end = channel.text.length - unsettled
    for (const finding of findings) {
      const isNew = channel.before + finding.start >= channel.counted
      if (!isNew) continue
      const one = { ...finding, location: channel.location, count: 1, maskable: false }
      const { blocked } = this.#decide([one])
      if (blocked || finding.end <= end) this.#count(one)
      if (blocked) {
        this.#isRead = true
        return contentBlocked(blocked)
      }
      if (finding.end <= end) channel.counted = channel.before + finding.end
    }
    channel.read = channel.text.length
    const cut = channel.text.length - OVERLAP
    if (cut > 0) {
      channel.text = channel.text.slice(cut)
      channel.before += cut
      channel.read -= cut
    }
    return null
  }

  #count({ detector, kind, location }: LocatedFinding): void {
    const key = `${detector} ${kind} ${location}`
    const known = this.#found.get(key)
    if (known) known.count++
    else this.#found.set(key, { detector, kind, location, count: 1, maskable: false })
  }

  #decide(found: readonly LocatedFinding[]) {
    return decideFor(this.#exchange, this.#plan, found, 'answer')
  }
}

/** A guard for the stream of an exchange; null when no rule is in force. */
export function guardStream(exchange: Exchange): AnswerGuard | null {
  const organization = exchange.services.configuration.organizations.get(exchange.key?.organizationId ?? '')
  const plan = organization?.guardrails.plan
  return plan && plan.wanted.size > 0 ? new AnswerGuard(exchange, plan) : null
}

/** An answer that could not be inspected is not passed on: nobody knows what is in it. */
export function answerNotInspected(exchange: Exchange, error: unknown): Refusal {
  exchange.services.log.error({ requestId: exchange.id, error: errorFields(error) }, 'inspection of an answer failed')
  const words = 'The answer could not be inspected, so it is not passed on. Try again shortly.'
  return new Refusal(503, 'inspection_failed', words, { headers: ['retry-after', '5'], outcome: 'gateway_error' })
}
