import { unwrapDataKey } from '#core/content/content-cipher.ts'
import { CONFIG_DOCUMENTS, CONFIG_KINDS, type ConfigKind } from '#core/contracts/config-documents.ts'
import { ExemptionTable } from '#core/exemptions/exemption-table.ts'
import { RouteTable } from '#core/routing/route-table.ts'
import { open } from '#core/secrets.ts'
import { exemptionEntry } from '#gateway/exemptions/exemption-entry.ts'
import { isAcknowledgementKind } from './acknowledgements.ts'
import { budgetEntry, type KeyEntry, keyEntry, modelEntry, providerEntry } from './entries.ts'
import { isGuardrailKind } from './guardrails.ts'
import { byTarget, namesOf, newOrganization, type Organization, putContentKey } from './organization.ts'

/** A row of gateway_config. */
export interface ConfigRow {
  organization_id: string
  kind: string
  id: string
  /** A bigint, as text. */
  version: string
  doc: unknown
  deleted: boolean
}

/** Keys of the installation that open what documents hold sealed. */
export interface ConfigurationKeys {
  readonly credential: Buffer
  readonly content: Buffer
}

/**
 * The configuration that is in force, in maps a request reads without waiting. Changes are applied in one
 * synchronous step, so no request sees half of one. A document that is not of its shape is kept out, and what it
 * was before is out as well: a record nobody can read grants nothing, and a limit nobody can read lets nothing through.
 */
export class Configuration {
  version = '0'
  activeAt = new Date()
  /** Whether any configuration has been read since the start. */
  loaded = false
  keys = new Map<string, KeyEntry>()
  organizations = new Map<string, Organization>()
  /** Documents kept out, by `kind id`, with the reason. */
  problems = new Map<string, string>()
  readonly #rows = new Map<string, ConfigRow>()
  readonly #publicIds = new Map<string, string>()
  readonly #keys: ConfigurationKeys

  constructor(keys: ConfigurationKeys) {
    this.#keys = keys
  }

  /** Applies changed rows; with `everything`, they replace all that was held. */
  apply(rows: readonly ConfigRow[], everything = false): void {
    if (everything) this.#clear()
    const touched = new Set<Organization>()
    const budgeted = new Set<Organization>()
    const routed = new Set<Organization>()
    const exempted = new Set<Organization>()
    for (const row of rows) {
      this.#applyRow(row)
      if (row.kind === 'model') touched.add(this.#organization(row.organization_id))
      if (row.kind === 'budget') budgeted.add(this.#organization(row.organization_id))
      if (row.kind === 'route') routed.add(this.#organization(row.organization_id))
      if (row.kind === 'exemption') exempted.add(this.#organization(row.organization_id))
      if (BigInt(row.version) > BigInt(this.version)) this.version = row.version
    }
    for (const organization of touched) organization.names = namesOf(organization)
    for (const organization of budgeted) organization.budgetsByTarget = byTarget(organization.budgets)
    for (const organization of routed) organization.routes = new RouteTable(organization.routeRecords.values())
    for (const one of exempted) one.exemptions = new ExemptionTable(one.exemptionEntries.values())
    if (rows.length > 0 || everything) this.activeAt = new Date()
    this.loaded = true
  }

  /** Every row in force, for the copy on disk. */
  rows(): ConfigRow[] {
    return [...this.#rows.values()]
  }

  #clear(): void {
    this.version = '0'
    this.keys = new Map()
    this.organizations = new Map()
    this.problems = new Map()
    this.#rows.clear()
    this.#publicIds.clear()
  }

  #organization(id: string): Organization {
    let organization = this.organizations.get(id)
    if (!organization) {
      organization = newOrganization()
      this.organizations.set(id, organization)
    }
    return organization
  }

  #applyRow(row: ConfigRow): void {
    const { kind, id } = row
    const name = `${kind} ${id}`
    const rowKey = `${row.organization_id} ${name}`
    this.problems.delete(name)
    const { versions, unreadableLimits } = this.#organization(row.organization_id)
    unreadableLimits.delete(name)
    if (row.deleted) {
      this.#rows.delete(rowKey)
      versions.remove(kind, id)
    } else {
      this.#rows.set(rowKey, row)
      versions.put(kind, id, row.version)
    }
    if (!isConfigKind(kind)) {
      if (!row.deleted) this.problems.set(name, 'a kind of record that this version does not know')
      return
    }
    this.#remove(kind, row)
    if (row.deleted) return
    try {
      this.#put(kind, row)
    } catch (error) {
      // Zod's messages name fields and rules; a failed decryption says no more than that it failed.
      this.problems.set(name, error instanceof Error ? error.message.slice(0, 300) : 'not readable')
      if (isGuardrailKind(kind)) this.#organization(row.organization_id).guardrails.markUnreadable(kind, id)
      if (kind === 'cache_policy') this.#organization(row.organization_id).cachePolicies.markUnreadable(id)
      if (isAcknowledgementKind(kind)) this.#organization(row.organization_id).acknowledgements.markUnreadable(kind, id)
      if (kind === 'workload') this.#organization(row.organization_id).workloads.markUnreadable(id)
      if (kind === 'budget' || kind === 'rate_limit') unreadableLimits.add(name)
    }
  }

  #remove(kind: ConfigKind, { id, organization_id }: ConfigRow): void {
    const organization = this.#organization(organization_id)
    if (kind === 'organization') organization.document = null
    else if (kind === 'team') organization.teams.delete(id)
    else if (kind === 'provider') organization.providers.delete(id)
    else if (kind === 'model') organization.models.delete(id)
    else if (isGuardrailKind(kind)) organization.guardrails.remove(kind, id)
    else if (kind === 'budget') organization.budgets.delete(id)
    else if (kind === 'content_key') putContentKey(organization, id, null)
    else if (kind === 'route') organization.routeRecords.delete(id)
    else if (kind === 'rate_limit') organization.rateLimits.delete(id)
    else if (kind === 'cache_policy') organization.cachePolicies.remove(id)
    else if (kind === 'exemption') organization.exemptionEntries.delete(id)
    else if (isAcknowledgementKind(kind)) organization.acknowledgements.remove(kind, id)
    else if (kind === 'workload') organization.workloads.remove(id)
    else {
      const publicId = this.#publicIds.get(id)
      if (publicId) this.keys.delete(publicId)
      this.#publicIds.delete(id)
    }
  }

  #put(kind: ConfigKind, { id, organization_id, version, doc }: ConfigRow): void {
    const organization = this.#organization(organization_id)
    if (kind === 'organization') organization.document = CONFIG_DOCUMENTS.organization.parse(doc)
    else if (kind === 'team') organization.teams.set(id, CONFIG_DOCUMENTS.team.parse(doc))
    else if (kind === 'provider') {
      const document = CONFIG_DOCUMENTS.provider.parse(doc)
      const { credential } = document
      const opened = credential === null ? null : open(this.#keys.credential, `provider:${id}`, credential)
      organization.providers.set(id, providerEntry(id, organization_id, document, opened))
    } else if (kind === 'model') {
      organization.models.set(id, modelEntry(id, organization_id, CONFIG_DOCUMENTS.model.parse(doc)))
    } else if (isGuardrailKind(kind)) {
      organization.guardrails.put(kind, id, doc)
    } else if (kind === 'budget') {
      organization.budgets.set(id, budgetEntry(id, organization_id, CONFIG_DOCUMENTS.budget.parse(doc)))
    } else if (kind === 'content_key') {
      const { wrappedKey } = CONFIG_DOCUMENTS.content_key.parse(doc)
      putContentKey(organization, id, unwrapDataKey(this.#keys.content, id, wrappedKey))
    } else if (kind === 'route') {
      organization.routeRecords.set(id, { id, document: CONFIG_DOCUMENTS.route.parse(doc) })
    } else if (kind === 'rate_limit') {
      organization.rateLimits.set(id, { rule: `rate_limit:${id}`, document: CONFIG_DOCUMENTS.rate_limit.parse(doc) })
    } else if (kind === 'cache_policy') {
      organization.cachePolicies.put(id, organization_id, version, doc)
    } else if (kind === 'exemption') {
      const entry = exemptionEntry(id, organization_id, CONFIG_DOCUMENTS.exemption.parse(doc))
      organization.exemptionEntries.set(id, entry)
    } else if (isAcknowledgementKind(kind)) {
      organization.acknowledgements.put(kind, id, doc)
    } else if (kind === 'workload') {
      organization.workloads.put(id, doc)
    } else {
      const entry = keyEntry(id, organization_id, CONFIG_DOCUMENTS.key.parse(doc))
      this.keys.set(entry.document.publicId, entry)
      this.#publicIds.set(id, entry.document.publicId)
    }
  }
}

function isConfigKind(kind: string): kind is ConfigKind {
  return (CONFIG_KINDS as readonly string[]).includes(kind)
}
