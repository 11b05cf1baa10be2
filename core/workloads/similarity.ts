/** What is compared of a brief or workload. */
export interface Described {
  readonly name: string
  readonly objective: string
}

/** From 0, nothing in common, to 1: from here on somebody should look whether it is the same. */
export const ALIKE = 0.42

/**
 * How alike two descriptions are: the cosine of their trigram counts, from 0 to 1. A name says more than a sentence of
 * the objective, so it counts three times.
 */
export function similarity(one: Described, other: Described): number {
  return cosine(trigramsOf(one), trigramsOf(other))
}

/** Those that are alike enough to look at, the most alike first. */
export function alike<T extends Described>(
  described: Described,
  others: readonly T[],
  most = 3,
): { item: T; likeness: number }[] {
  const own = trigramsOf(described)
  return others
    .map(item => ({ item, likeness: cosine(own, trigramsOf(item)) }))
    .filter(({ likeness }) => likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, most)
}

const NAME_WEIGHT = 3

function trigramsOf({ name, objective }: Described): Map<string, number> {
  const counts = new Map<string, number>()
  count(counts, name, NAME_WEIGHT)
  count(counts, objective, 1)
  return counts
}

function count(counts: Map<string, number>, text: string, weight: number): void {
  const words =
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  for (const word of words) {
    const padded = ` ${word} `
    for (let at = 0; at + 3 <= padded.length; at++) {
      const trigram = padded.slice(at, at + 3)
      counts.set(trigram, (counts.get(trigram) ?? 0) + weight)
    }
  }
}

function cosine(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let product = 0
  for (const [trigram, weight] of one) product += weight * (other.get(trigram) ?? 0)
  if (product === 0) return 0
  // Rounding must not make equal texts more than equal.
  return Math.min(1, product / (lengthOf(one) * lengthOf(other)))
}

function lengthOf(counts: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const weight of counts.values()) sum += weight * weight
  return Math.sqrt(sum)
}
