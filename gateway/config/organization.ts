import { ExemptionTable } from '#core/exemptions/exemption-table.ts'
import type { RouteRecord } from '#core/routing/route-table.ts'
import { RouteTable } from '#core/routing/route-table.ts'
import type { ExemptionEntry } from '#gateway/exemptions/exemption-entry.ts'
import { Acknowledgements } from './acknowledgements.ts'
import { CachePolicies } from './cache-policies.ts'
import { DocumentVersions } from './document-versions.ts'
import type { BudgetEntry, ModelEntry, OrganizationEntry, ProviderEntry, RateLimitEntry, TeamEntry } from './entries.ts'
import { Guardrails } from './guardrails.ts'
import { Workloads } from './workloads.ts'

/** What is in force in one organization. */
export interface Organization {
  document: OrganizationEntry | null
  readonly teams: Map<string, TeamEntry>
  readonly providers: Map<string, ProviderEntry>
  readonly models: Map<string, ModelEntry>
  /** By what clients put in "model": identifiers and aliases. */
  names: Map<string, ModelEntry>
  readonly guardrails: Guardrails
  readonly budgets: Map<string, BudgetEntry>
  /** By what they cover; null: the organization. */
  budgetsByTarget: Map<string | null, BudgetEntry[]>
  /** By id, which sorts by age. */
  readonly contentKeys: Map<string, Buffer>
  /** What content is kept under now: the newest key; null: the organization keeps none. */
  contentKey: { readonly id: string; readonly key: Buffer } | null
  readonly routeRecords: Map<string, RouteRecord>
  routes: RouteTable
  readonly rateLimits: Map<string, RateLimitEntry>
  /** Budgets and rate limits that could not be read: what they would have refused is not known. */
  readonly unreadableLimits: Set<string>
  readonly cachePolicies: CachePolicies
  readonly exemptionEntries: Map<string, ExemptionEntry>
  exemptions: ExemptionTable<ExemptionEntry>
  readonly acknowledgements: Acknowledgements
  readonly workloads: Workloads
  readonly versions: DocumentVersions
}

/** An organization of which nothing is known yet. */
export function newOrganization(): Organization {
  return {
    document: null,
    teams: new Map(),
    providers: new Map(),
    models: new Map(),
    names: new Map(),
    guardrails: new Guardrails(),
    budgets: new Map(),
    budgetsByTarget: new Map(),
    contentKeys: new Map(),
    contentKey: null,
    routeRecords: new Map(),
    routes: new RouteTable([]),
    rateLimits: new Map(),
    unreadableLimits: new Set(),
    cachePolicies: new CachePolicies(),
    exemptionEntries: new Map(),
    exemptions: new ExemptionTable([]),
    acknowledgements: new Acknowledgements(),
    workloads: new Workloads(),
    versions: new DocumentVersions(),
  }
}

/** Identifiers win over aliases, and of two equal aliases the older model's. */
export function namesOf({ models }: Organization): Map<string, ModelEntry> {
  const names = new Map<string, ModelEntry>()
  const byAge = [...models.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  for (const model of byAge) names.set(model.document.identifier, model)
  for (const model of byAge) {
    for (const alias of model.document.aliases) if (!names.has(alias)) names.set(alias, model)
  }
  return names
}

/** Puts a key of the content log into force, or takes it out (null); the newest is kept under. */
export function putContentKey(organization: Organization, id: string, key: Buffer | null): void {
  const { contentKeys } = organization
  if (key) contentKeys.set(id, key)
  else contentKeys.delete(id)
  const [newest] = [...contentKeys].sort(([a], [b]) => (a < b ? 1 : -1))
  organization.contentKey = newest ? { id: newest[0], key: newest[1] } : null
}

/** Budgets by what they cover. */
export function byTarget(budgets: ReadonlyMap<string, BudgetEntry>): Map<string | null, BudgetEntry[]> {
  const found = new Map<string | null, BudgetEntry[]>()
  for (const budget of budgets.values()) {
    const { target } = budget.document
    found.set(target, [...(found.get(target) ?? []), budget])
  }
  return found
}
