import { isBlock, type RateBlock, type RateBook, type RateClaim, type RateHold, type RateOutcome } from './rate-book.ts'

const NONE: readonly RateClaim[] = []

/**
 * The rate limits of the models that may serve a request: of several candidates each is counted when it is called, so
 * that one which only might have been takes no room from others.
 */
export class ModelRates {
  readonly #book: RateBook
  readonly #claims: ReadonlyMap<string, readonly RateClaim[]>
  #held: RateHold | null = null

  /** @param claims by model; one without an entry is not limited */
  constructor(book: RateBook, claims: ReadonlyMap<string, readonly RateClaim[]>) {
    this.#book = book
    this.#claims = claims
  }

  /** What the model that was called last is counted by. */
  get held(): readonly RateClaim[] {
    return this.#held?.claims ?? NONE
  }

  /**
   * Counts a call of a model, in place of the one before it, which failed. Returns what leaves no room for it; waits
   * only when other replicas must be heard before that.
   *
   * @param attempted the models that were called so far
   */
  take(modelId: string, attempted: readonly string[]): RateBlock | null | Promise<RateBlock | null> {
    this.settle({ tokens: 0, served: null, attempted })
    const claims = this.#claims.get(modelId)
    if (!claims) return null
    const answer = this.#book.admit(claims)
    return answer instanceof Promise ? answer.then(heard => this.#keep(heard)) : this.#keep(answer)
  }

  /** Ends what is held; a second call does nothing. */
  settle(outcome: RateOutcome): void {
    if (this.#held) this.#book.settle(this.#held, outcome)
  }

  #keep(answer: RateHold | RateBlock): RateBlock | null {
    if (isBlock(answer)) {
      this.#held = null
      return answer
    }
    this.#held = answer
    return null
  }
}
