import type { LocatedFinding } from '#core/guardrails/decide.ts'
import { inspectText } from '#core/guardrails/inspect-text.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { decideFor } from '#gateway/exemptions/waive-guardrails.ts'
import { errorFields } from '#gateway/log.ts'
import { Refusal } from '#gateway/refusal.ts'
import { deltasOf } from './answer-deltas.ts'
import { ANSWER, contentBlocked, noteDecision } from './apply-findings.ts'

/** Characters that are read again with what follows: what a value is may be said before it. */
const OVERLAP = 256
/** Where nothing can be stopped, so many new characters are read at once. */
const BATCH = 512
/** What ends nearer to the end may go on in the next frame, so it is not counted yet. */
const UNSETTLED = 40

/** Places of one answer that are read, each with what it said last; no answer that a model makes has as many. */
const MOST_PLACES = 4_096

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
  #closed = false

  constructor(exchange: Exchange, plan: InspectionPlan) {
    this.#exchange = exchange
    this.#plan = plan
  }

  /** Reads an event before it is sent; what to end the stream with, or null. */
  read(event: Record<string, unknown> | null): Refusal | null {
    if (event === null) return null
    try {
      for (const { place, text } of deltasOf(event)) {
        const channel = this.#channelOf(place)
        channel.text += text
        if (!this.#plan.enforcesOnAnswers && channel.text.length - channel.read < BATCH) continue
        const stopped = this.#inspect(channel, UNSETTLED)
        if (stopped) return stopped
      }
      return null
    } catch (error) {
      return answerNotInspected(this.#exchange, error)
    }
  }

  /** Reads what is left when the last frame has come; what to send in place of that frame, or null. */
  finish(): Refusal | null {
    try {
      for (const channel of this.#channels.values()) {
        const stopped = this.#inspect(channel, 0)
        if (stopped) return stopped
      }
      return null
    } catch (error) {
      return answerNotInspected(this.#exchange, error)
    }
  }

  /** Keeps what was found as evidence; a second call does nothing. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#found.size > 0) noteDecision(this.#exchange, this.#decide([...this.#found.values()]))
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
    const findings = inspectText(channel.text, this.#plan.wanted, this.#plan.patterns)
    const end = channel.text.length - unsettled
    for (const finding of findings) {
      const isNew = channel.before + finding.start >= channel.counted
      if (!isNew) continue
      const one = { ...finding, location: channel.location, count: 1, maskable: false }
      const { blocked } = this.#decide([one])
      if (blocked || finding.end <= end) this.#count(one)
      if (blocked) return contentBlocked(blocked)
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
