import type { Services } from './services.ts'

/** Lets go of what belongs to records that are gone, and makes ready what new ones need; called after every swap. */
export function followConfiguration({ configuration, targets, deployments, answers }: Services): void {
  const { organizations } = configuration
  deployments.keepOnly(({ modelId, organizationId }) => organizations.get(organizationId)?.models.has(modelId) ?? false)
  targets.keepOnly(({ id, organizationId }) => organizations.get(organizationId)?.providers.has(id) ?? false)
  for (const { providers } of organizations.values()) {
    for (const provider of providers.values()) targets.prepare(provider)
  }
  answers.keepOnly(({ id, organizationId, version }) => {
    const held = organizations.get(organizationId)?.cachePolicies.get(id)
    return held?.version === version && held.document.enabled
  })
}
