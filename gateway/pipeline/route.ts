import { keepForTier } from '#gateway/inspection/request-tier.ts'
import type { PipelineStage } from './stage.ts'

/** Orders the candidates that may see data of the request's tier. A name stands for one model in this release. */
export const route: PipelineStage = {
  name: 'route',
  skippedOnHit: true,
  run(exchange) {
    const { tier, key, services } = exchange
    const guardrails = services.configuration.organizations.get(key?.organizationId ?? '')?.guardrails
    if (tier && guardrails) keepForTier(exchange, tier, guardrails)
    if (exchange.candidates.length === 0) throw new Error('no candidate to route to')
  },
}
