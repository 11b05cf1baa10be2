import type { ProbeRequest, ProbeResult } from '#core/contracts/provider-probe.ts'
import type { Services } from '#gateway/services.ts'
import { probeProvider } from './probe.ts'

/** Tests a provider as the configuration in force describes it; null: it has none of that id. */
export async function probeOf(
  { configuration, targets }: Pick<Services, 'configuration' | 'targets'>,
  { organizationId, providerId }: ProbeRequest,
): Promise<ProbeResult | null> {
  const organization = configuration.organizations.get(organizationId)
  const provider = organization?.providers.get(providerId)
  if (!organization || !provider) return null
  const models = [...organization.models.values()].map(({ document }) => document)
  const callable = models.filter(model => model.providerId === providerId && model.lifecycle !== 'blocked')
  return probeProvider(targets, provider, callable)
}
