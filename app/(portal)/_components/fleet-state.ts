import type { FleetState } from '#components/shell/fleet-chip.tsx'
import type { FleetSummary } from '#lib/gateway-fleet/queries.ts'

/** The fleet as the header's chip shows it: a gateway that was lost still counts as one that should be there. */
export function toFleetState({ current, known, publishedVersion }: FleetSummary): FleetState {
  return { current, total: known, version: publishedVersion === null ? null : Number(publishedVersion) }
}

/** How far the fleet is with a version, in words: "Live on 3 of 3 gateways after 0.2 s". */
export function rolloutText({
  live,
  running,
  tookMs = null,
}: {
  live: number
  running: number
  tookMs?: number | null
}) {
  if (running === 0) return 'No gateway is running. It counts as soon as one starts.'
  const reach = `Live on ${live} of ${running} ${running === 1 ? 'gateway' : 'gateways'}`
  return tookMs === null ? reach : `${reach} after ${(tookMs / 1000).toFixed(tookMs < 100 ? 2 : 1)} s`
}
