import type { StoredAnswer } from './stored-answer.ts'

/** What an entry takes besides its body: its key, its head, its place in the map. */
const ENTRY_BYTES = 512

/** Answers of one policy in memory: bounded in bytes, the least recently used make room. */
export class AnswerMemory {
  bytes = 0
  readonly #maxBytes: number
  /** In the order of their last use: a Map keeps the order in which keys were put. */
  readonly #answers = new Map<string, StoredAnswer>()

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get entries(): number {
    return this.#answers.size
  }

  /** The answer of a key, now the most recently used; null: none that has not expired. */
  get(key: string, now: number): StoredAnswer | null {
    const answer = this.#answers.get(key)
    if (!answer) return null
    this.#remove(key, answer)
    if (answer.expiresAt <= now) return null
    this.#add(key, answer)
    return answer
  }

  /** Keeps an answer in place of one of the same key; one that is larger than the bound is not kept. */
  put(key: string, answer: StoredAnswer): void {
    const held = this.#answers.get(key)
    if (held) this.#remove(key, held)
    if (sizeOf(answer) > this.#maxBytes) return
    this.#add(key, answer)
    while (this.bytes > this.#maxBytes) this.evict()
  }

  /** Drops the least recently used answer. */
  evict(): void {
    const [oldest] = this.#answers
    if (oldest) this.#remove(...oldest)
  }

  /** Drops what has expired. */
  sweep(now: number): void {
    for (const [key, answer] of this.#answers) if (answer.expiresAt <= now) this.#remove(key, answer)
  }

  #add(key: string, answer: StoredAnswer): void {
    this.#answers.set(key, answer)
    this.bytes += sizeOf(answer)
  }

  #remove(key: string, answer: StoredAnswer): void {
    this.#answers.delete(key)
    this.bytes -= sizeOf(answer)
  }
}

function sizeOf({ body }: StoredAnswer): number {
  return body.length + ENTRY_BYTES
}
