import type { Transaction } from '#lib/platform/transaction.ts'
import type { Route } from '#prisma/generated/client.ts'
import { readDefinition } from './route-definition.ts'

/** What the ids in routes are called, by id: teams, providers, and models by their identifiers. */
export async function routeNames(tx: Transaction, routes: readonly Route[]): Promise<Map<string, string>> {
  const definitions = routes.map(readDefinition)
  const among = (ids: string[]) => ({ where: { id: { in: [...new Set(ids)] } } })
  const teamIds = routes.flatMap(route => (route.scope === 'team' && route.target ? [route.target] : []))
  const modelIds = definitions.flatMap(definition => definition.modelIds)
  const providerIds = definitions.flatMap(definition => definition.constraints.providerIds)
  const named = { id: true, name: true } as const
  const teams = teamIds.length > 0 ? await tx.team.findMany({ ...among(teamIds), select: named }) : []
  const providers = providerIds.length > 0 ? await tx.provider.findMany({ ...among(providerIds), select: named }) : []
  const models =
    modelIds.length > 0 ? await tx.model.findMany({ ...among(modelIds), select: { id: true, identifier: true } }) : []
  return new Map([
    ...[...teams, ...providers].map(({ id, name }) => [id, name] as const),
    ...models.map(({ id, identifier }) => [id, identifier] as const),
  ])
}
