/** A lease is at most this part of what is free, so that the last slices of a budget are small ones. */
const PART = 8n
/** How long a lease should last at the present demand: traffic goes on that long when Postgres is away. */
const AHEAD_SECONDS = 90n
/** And for how many requests of the dearest kind, at least. */
const AHEAD_REQUESTS = 16n

/**
 * What of a budget's free amount is granted: nothing when it cannot cover the need, else the need, and more ahead of
 * it up to what is wanted, but never more than an eighth of what is free. The database's function
 * `budget_slice` is the same formula.
 *
 * @param free limit less what is spent and leased
 * @param need the least that helps; 0 when nobody waits
 * @param want what the asking replica would like to hold
 */
export function leaseSlice(free: bigint, need: bigint, want: bigint): bigint {
  if (free <= 0n || free < need) return 0n
  const ahead = want < free / PART ? want : free / PART
  return ahead > need ? ahead : need
}

/** What a replica wants to hold of a budget. */
export function leaseTarget(demandPerSecond: bigint, dearestRequest: bigint): bigint {
  const seconds = demandPerSecond * AHEAD_SECONDS
  const requests = dearestRequest * AHEAD_REQUESTS
  return seconds > requests ? seconds : requests
}
