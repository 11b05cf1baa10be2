/** A seeded source of randomness: the same seed gives the same demonstration on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number, both bounds included. */
  whole(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** An item, each as likely as its weight. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T
  /** Log-normal: `median` in the middle, `spread` the standard deviation of the logarithm. */
  logNormal(median: number, spread: number): number
  /** Number of arrivals when `mean` are expected. */
  poisson(mean: number): number
  /** A UUIDv7 of the given moment. */
  id(atMs: number): string
  hex(digits: number): string
}

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state, enough for made-up figures, never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const bits = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const next = () => bits() / 4_294_967_296
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const hex8 = () => bits().toString(16).padStart(8, '0')
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: probability => next() < probability,
    pick: items => at(items, Math.floor(next() * items.length)),
    weighted: (items, weight) => {
      let rest = next() * items.reduce((sum, item) => sum + weight(item), 0)
      const chosen = items.find(item => {
        rest -= weight(item)
        return rest < 0
      })
      return chosen ?? at(items, items.length - 1)
    },
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    poisson: mean => poisson(mean, next, normal),
    id: atMs => {
      const time = Math.floor(atMs).toString(16).padStart(12, '0')
      const [a, b, c] = [hex8(), hex8(), hex8()]
      const variant = '89ab'[bits() & 3]
      return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-${variant}${a.slice(3, 6)}-${b}${c.slice(0, 4)}`
    },
    hex: digits => {
      let text = ''
      while (text.length < digits) text += hex8()
      return text.slice(0, digits)
    },
  }
}

/** Knuth's product of uniforms for small means, the normal approximation for large ones. */
function poisson(mean: number, next: () => number, normal: () => number): number {
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  const limit = Math.exp(-mean)
  let count = -1
  for (let product = 1; product > limit; product *= next()) count++
  return Math.max(0, count)
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}
