import { seededRandom } from '#sandbox/digest.ts'

/** A seeded source of choices: the same seed gives the same run. */
export class Draw {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  /** A whole number below a bound. */
  below(bound: number): number {
    return Math.floor(this.#random() * bound)
  }

  /** True in one of so many cases. */
  oneIn(cases: number): boolean {
    return this.below(cases) === 0
  }

  /** One of several. */
  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }
}
