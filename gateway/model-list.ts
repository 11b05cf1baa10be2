import { modelExemption } from '#core/exemptions/evaluate.ts'
import { isCallable } from '#core/routing/routable-model.ts'
import type { RouteDocument } from '#core/routing/route.ts'
import { admitsModel, type KeyEntry, type ModelEntry } from './config/entries.ts'
import type { Organization } from './config/organization.ts'
import { exemptionSubject } from './exemptions/exemptions-of.ts'

/** A model as both vendors' SDKs read it: OpenAI's fields, and beside them Anthropic's. */
export interface ListedModel {
  id: string
  object: 'model'
  created: number
  owned_by: string
  type: 'model'
  display_name: string
  created_at: string
}

/** The names under which a key may call models now: identifiers, aliases and routes' own, in alphabetical order. */
export function listModels(organization: Organization, key: KeyEntry, now: number): ListedModel[] {
  const listed: ListedModel[] = []
  for (const [name, model] of organization.names) {
    const item = listedModel(organization, key, name, model, now)
    if (item) listed.push(item)
  }
  for (const [name, { document }] of organization.routes.callableBy(key.document.teamId)) {
    const item = organization.names.has(name) ? null : listedRoute(organization, key, name, document, now)
    if (item) listed.push(item)
  }
  return listed.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** One of them; null when the key may not call it. */
export function findListedModel(
  organization: Organization,
  key: KeyEntry,
  name: string,
  now: number,
): ListedModel | null {
  const model = organization.names.get(name)
  if (model) return listedModel(organization, key, name, model, now)
  const route = organization.routes.callableBy(key.document.teamId).get(name)
  return route ? listedRoute(organization, key, name, route.document, now) : null
}

/** A route as a model, while it has one that the key may call. */
function listedRoute(
  organization: Organization,
  key: KeyEntry,
  name: string,
  { name: displayName, modelIds }: RouteDocument,
  now: number,
): ListedModel | null {
  for (const id of modelIds) {
    const model = organization.models.get(id)
    const listed = model && listedModel(organization, key, name, model, now)
    if (listed) return { ...listed, owned_by: 'gatehouse', display_name: displayName }
  }
  return null
}

function listedModel(
  organization: Organization,
  key: KeyEntry,
  name: string,
  model: ModelEntry,
  now: number,
): ListedModel | null {
  const provider = organization.providers.get(model.document.providerId)
  if (!provider?.document.enabled || !admitsModel(key, model)) return null
  if (!isCallable(model, now) && !isExempt(organization, key, model, now)) return null
  // Use case and workload are known when a request comes; the team is the key's.
  const { teamIds } = model.document.onlyFor
  if (teamIds.length > 0 && !teamIds.includes(key.document.teamId)) return null
  const { workloadId } = key.document
  const bound = workloadId === null ? null : organization.workloads.ofId(workloadId)
  if (workloadId !== null && !(bound && (bound.models?.has(model.id) ?? true))) return null
  return {
    id: name,
    object: 'model',
    created: Math.floor(model.createdAt / 1000),
    owned_by: provider.document.name,
    type: 'model',
    display_name: model.document.displayName,
    created_at: model.document.createdAt,
  }
}

/** Whether an exemption of the key's team, person or the key itself lets it call a model that others may not. */
function isExempt({ exemptions }: Organization, key: KeyEntry, { id, document }: ModelEntry, now: number): boolean {
  const subject = exemptionSubject(key, { workload: null, useCase: null })
  return document.lifecycle !== 'blocked' && modelExemption(exemptions.covering(subject, now), id) !== null
}
