import type { ExemptionSubject } from '#core/exemptions/exemption.ts'
import type { KeyEntry } from '#gateway/config/entries.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import type { ExemptionEntry } from './exemption-entry.ts'

/** Whom an exemption may be for, of a key and what its caller says. */
export function exemptionSubject(
  key: KeyEntry | null,
  { workload, useCase }: { workload: string | null; useCase: string | null },
): ExemptionSubject {
  const { teamId = null, personId = null } = key?.document ?? {}
  return { teamId, personId, keyId: key?.id ?? null, workload, useCase }
}

/** The exemptions that hold for a request by this replica's clock, at the moment it came in. */
export function exemptionsOf({ services, key, attribution, occurredAt }: Exchange): readonly ExemptionEntry[] {
  const organization = services.configuration.organizations.get(key?.organizationId ?? '')
  return organization?.exemptions.covering(exemptionSubject(key, attribution), occurredAt) ?? []
}

/** Notes that a request would have been refused, or its content acted on, without an exemption. */
export function noteExemption(exchange: Exchange, { id }: ExemptionEntry): void {
  if (!exchange.usedExemptions.includes(id)) exchange.usedExemptions.push(id)
}

/** The exemptions by which a request was let on, those of the model that serves it included. */
export function exemptionsUsed(exchange: Exchange, candidate: Candidate | null): readonly string[] {
  const { usedExemptions } = exchange
  if (!candidate || candidate.exemptions.length === 0) return usedExemptions
  return [...new Set([...usedExemptions, ...candidate.exemptions])]
}
