import type { Enforcement } from '#lib/gateway-fleet/enforcement.ts'
import { rolloutText } from './fleet-state.ts'

/** How far the fleet is with a record's version, for the rail "What enforces this". */
export function fleetLine({ rollout }: Enforcement): { text: string; settled: boolean } {
  return { text: rolloutText(rollout), settled: rollout.running > 0 && rollout.live === rollout.running }
}
