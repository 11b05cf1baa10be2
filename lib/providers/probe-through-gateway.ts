import { ProbeResult } from '#core/contracts/provider-probe.ts'
import { askReplica } from '#lib/gateway-fleet/ask-replica.ts'
import type { ProviderTestDto } from './schema.ts'

/** A little more than a gateway gives a provider, with a token to be fetched first. */
const DEADLINE_MS = 30_000

/**
 * Has a gateway call a provider once: what counts is whether gateways reach it, from where they run and as whom they
 * run. Never rejects for what the provider does.
 */
export async function probeThroughGateway(organizationId: string, providerId: string): Promise<ProviderTestDto> {
  const answer = await askReplica('/probe', { organizationId, providerId }, DEADLINE_MS)
  const result = ProbeResult.safeParse(answer)
  if (result.success) return { ok: result.data.outcome === 'ok', ...result.data }
  const detail = 'No gateway could make the call. Start one, or see under Operate, Gateways what is wrong with them.'
  return { ok: false, outcome: 'no_gateway', detail, latencyMs: 0, models: [] }
}
