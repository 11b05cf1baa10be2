/** Pieces below that are cheaper kept than copied. */
const LARGE_BYTES = 128 * 1024

/**
 * A body that comes in pieces. A large one whose length is announced is put together while it comes, so that it is never
 * in memory twice; the memory is only taken as it is written to, so that an announcement alone costs nothing.
 */
export class GrowingBody {
  size = 0
  readonly #target: Buffer | null
  readonly #pieces: Buffer[] = []

  /** @param announced bytes that are to come; 0: nobody says */
  constructor(announced: number) {
    this.#target = announced >= LARGE_BYTES ? Buffer.allocUnsafeSlow(announced) : null
  }

  add(piece: Buffer): void {
    if (this.#target) piece.copy(this.#target, this.size)
    else this.#pieces.push(piece)
    this.size += piece.length
  }

  /** All that came. */
  whole(): Buffer {
    if (this.#target) return this.size < this.#target.length ? this.#target.subarray(0, this.size) : this.#target
    const [only] = this.#pieces
    return this.#pieces.length === 1 && only ? only : Buffer.concat(this.#pieces, this.size)
  }
}
