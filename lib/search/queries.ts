import 'server-only'
import { isId } from '#core/ids.ts'
import { type Context, ownedBy, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { listRequests } from '#lib/requests/queries.ts'
import {
  findApprovals,
  findBriefs,
  findDecisions,
  findExemptions,
  findMeetings,
  findModelRequests,
  findPolicies,
  findRisks,
  findWorkloads,
} from './governance-records.ts'
import { findBudgets, findCachePolicies, findDeployments, findDrills, findRateLimits, findRoutes } from './governed.ts'
import { EACH, named } from './named.ts'
import { type Found, SearchInput } from './schema.ts'

const FINDERS = [
  findRequest,
  findKeys,
  findModels,
  findTeams,
  findPeople,
  findProviders,
  findRoutes,
  findRateLimits,
  findCachePolicies,
  findBudgets,
  findDeployments,
  findDrills,
  findApprovals,
  findWorkloads,
  findBriefs,
  findPolicies,
  findExemptions,
  findRisks,
  findDecisions,
  findMeetings,
  findModelRequests,
]

/** What an `action` calls: `searchEverything` of an input `{text}`. */
export function runSearch({ ctx, input }: VerbArgs): Promise<Found[]> {
  return searchEverything(ctx, parseInput(SearchInput, input).text)
}

/**
 * Records whose name holds a text, five of each kind at most, of the kinds that the actor may see. A request's
 * id finds the request; a key's text or hint finds the key. Nothing for an empty text.
 */
export async function searchEverything(ctx: Context, text: string): Promise<Found[]> {
  const wanted = text.trim()
  if (wanted === '') return []
  return read(ctx, async tx => {
    const found: Found[] = []
    for (const find of FINDERS) found.push(...(await find(tx, ctx, wanted)))
    return found
  })
}

async function findRequest(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  const id = text.toLowerCase()
  if (!isId(id) || !scopeOf(ctx.actor, 'requests.read')) return []
  const { data } = await listRequests({ ...ctx, tx }, { search: id })
  return data.map(request => ({
    kind: 'request',
    id: request.id,
    title: `${request.status} ${request.modelIdentifier ?? request.requestedModel ?? request.path}`,
    detail: [request.keyName, request.occurredAt].filter(Boolean).join(', '),
    href: `/operate/requests/${request.id}`,
  }))
}

async function findKeys(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'keys.read')) return []
  const publicId = /^gh_(?:live|playground)_([0-9A-Za-z]{12})/.exec(text)?.[1]
  const keys = await tx.apiKey.findMany({
    where: {
      AND: [ownedBy(ctx, 'keys.read'), publicId ? { publicId } : { name: named(text) }],
      organizationId: ctx.organizationId,
      kind: 'live',
    },
    include: { team: { select: { name: true } } },
    orderBy: { id: 'desc' },
    take: EACH,
  })
  return keys.map(key => ({
    kind: 'key',
    id: key.id,
    title: key.name,
    detail: `${key.team.name}, ${key.environment}`,
    href: `/build/keys/${key.id}`,
  }))
}

async function findModels(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'models.read')) return []
  const models = await tx.model.findMany({
    where: {
      organizationId: ctx.organizationId,
      OR: [{ identifier: named(text) }, { displayName: named(text) }, { aliases: { has: text } }],
    },
    include: { provider: { select: { name: true } } },
    orderBy: { identifier: 'asc' },
    take: EACH,
  })
  return models.map(model => ({
    kind: 'model',
    id: model.id,
    title: model.identifier,
    detail: `${model.displayName}, ${model.provider.name}`,
    href: `/build/models/${model.id}`,
  }))
}

async function findTeams(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'teams.read')) return []
  const teams = await tx.team.findMany({
    where: { organizationId: ctx.organizationId, name: named(text), archivedAt: null },
    orderBy: { name: 'asc' },
    take: EACH,
  })
  return teams.map(({ id, name, description }) => ({
    kind: 'team',
    id,
    title: name,
    detail: description,
    href: `/admin/teams/${id}`,
  }))
}

async function findPeople(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'people.read')) return []
  const people = await tx.person.findMany({
    where: { organizationId: ctx.organizationId, OR: [{ name: named(text) }, { email: named(text) }] },
    orderBy: { name: 'asc' },
    take: EACH,
  })
  return people.map(({ id, name, title, email }) => ({
    kind: 'person',
    id,
    title: name,
    detail: title ?? email,
    href: `/admin/people/${id}`,
  }))
}

async function findProviders(tx: Transaction, ctx: Context, text: string): Promise<Found[]> {
  if (!scopeOf(ctx.actor, 'providers.read')) return []
  const providers = await tx.provider.findMany({
    where: { organizationId: ctx.organizationId, name: named(text) },
    orderBy: { name: 'asc' },
    take: EACH,
  })
  return providers.map(({ id, name, kind, region }) => ({
    kind: 'provider',
    id,
    title: name,
    detail: [kind, region].filter(Boolean).join(', '),
    href: `/admin/providers/${id}`,
  }))
}
