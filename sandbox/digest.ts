import { hash } from 'node:crypto'

/** SHA-256 of the parts in hex: the source of everything in an answer that looks random. */
export function digestOf(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\n'))
}

/** A number in 0…2³²−1 out of a digest; the same position gives the same number. */
export function numberFrom(digest: string, position = 0): number {
  const start = (position * 8) % (digest.length - 8)
  return Number.parseInt(digest.slice(start, start + 8), 16)
}

/** An identifier as vendors form them: prefix and 24 characters, the same for the same digest. */
export function idFrom(prefix: string, digest: string): string {
  return `${prefix}${digest.slice(0, 24)}`
}

/** A seeded source of numbers in 0…1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
