interface KeySpend {
  /** What Postgres said at the last refresh. */
  durable: bigint
  /** Settled here, in events that Postgres did not have when that was read. */
  unseen: bigint
  /** Maximum cost of requests that are being answered. */
  reserved: bigint
}

interface Settled {
  keyId: string
  costNanoUsd: bigint
  /** Number of this process's events at which this one is appended. */
  position: number
  day: number
}

const DAY_MS = 86_400_000

/**
 * What each key with a daily limit has spent since midnight UTC: durable spend of all replicas (read every second),
 * plus what this replica has settled and not yet seen there, plus reservations. Never less than what is known; a
 * batch that commits while the durable spend is read counts twice until the next read. Replicas see each other's
 * spend within about a second, so together they can overshoot by what one second of requests costs.
 */
export class SpendLedger {
  readonly #keys = new Map<string, KeySpend>()
  #settled: Settled[] = []
  #day = 0
  #shipped = 0

  /** Reserves a request's maximum cost, unless that would pass the limit. Returns what is left before it. */
  reserve(keyId: string, limit: bigint, maximum: bigint, now: number): { admitted: boolean; left: bigint } {
    this.#turnDay(now)
    const spend = this.#of(keyId)
    const left = limit - spend.durable - spend.unseen - spend.reserved
    const admitted = left > 0n && maximum <= left
    if (admitted) spend.reserved += maximum
    return { admitted, left: left > 0n ? left : 0n }
  }

  /** Gives a reservation back. */
  release(keyId: string, maximum: bigint): void {
    this.#of(keyId).reserved -= maximum
  }

  /** Counts a request's cost; `position` is the number its event gets in the spool. */
  settle(keyId: string, costNanoUsd: bigint, position: number, now: number): void {
    this.#turnDay(now)
    this.#of(keyId).unseen += costNanoUsd
    this.#settled.push({ keyId, costNanoUsd, position, day: this.#day })
  }

  /** Takes over what Postgres said to a predecessor, until it speaks again. */
  remember(durable: ReadonlyMap<string, bigint>, now: number): void {
    this.#turnDay(now)
    for (const [keyId, cost] of durable) this.#of(keyId).durable = cost
  }

  /** Counts an event that a predecessor left unshipped; it is shipped before any of this process's. */
  carry(keyId: string, costNanoUsd: bigint, now: number): void {
    this.#shipped = -1
    this.settle(keyId, costNanoUsd, 0, now)
  }

  /** Notes that Postgres has this process's events up to a position. */
  shippedThrough(position: number): void {
    this.#shipped = position
  }

  /** Begins a read of the durable spend: what is shipped now will be in it. Returns how to end it. */
  beginRefresh(now: number): { since: Date; finish: (durable: ReadonlyMap<string, bigint>) => void } {
    this.#turnDay(now)
    const day = this.#day
    const shipped = this.#shipped
    return {
      since: new Date(day * DAY_MS),
      finish: durable => {
        if (day !== this.#day) return
        for (const [keyId, spend] of this.#keys) spend.durable = durable.get(keyId) ?? 0n
        for (const [keyId, cost] of durable) this.#of(keyId).durable = cost
        const seen = this.#settled.findIndex(one => one.position > shipped)
        for (const one of this.#settled.splice(0, seen < 0 ? this.#settled.length : seen)) {
          if (one.day === day) this.#of(one.keyId).unseen -= one.costNanoUsd
        }
      },
    }
  }

  #of(keyId: string): KeySpend {
    let spend = this.#keys.get(keyId)
    if (!spend) {
      spend = { durable: 0n, unseen: 0n, reserved: 0n }
      this.#keys.set(keyId, spend)
    }
    return spend
  }

  /** At midnight UTC all begin anew, but for what is being answered. */
  #turnDay(now: number): void {
    const day = Math.floor(now / DAY_MS)
    if (day === this.#day) return
    this.#day = day
    for (const spend of this.#keys.values()) {
      spend.durable = 0n
      spend.unseen = 0n
    }
  }
}
