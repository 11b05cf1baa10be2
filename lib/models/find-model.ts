import type { Substitute } from '#core/routing/route.ts'
import { conflict, invalid, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type FullModel, WITH_PROVIDER_AND_PRICES } from './model-dto.ts'

/** A model of this organization; `not_found` for any other. */
export async function findModel(tx: Transaction, id: string): Promise<FullModel> {
  const model = await tx.model.findUnique({ where: { id }, include: WITH_PROVIDER_AND_PRICES })
  if (!model) throw notFound('model')
  return model
}

/**
 * Throws when a name a model would answer to is given twice or is another model's identifier or alias.
 * The caller holds the catalog's lock.
 */
export async function checkModelNames(tx: Transaction, names: string[], except?: string): Promise<void> {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) throw invalid('aliases', `${twice} is given twice.`)
  const other = await tx.model.findFirst({
    where: {
      OR: [{ identifier: { in: names } }, { aliases: { hasSome: names } }],
      ...(except ? { id: { not: except } } : {}),
    },
  })
  if (!other) return checkRouteNames(tx, names)
  const taken = names.find(name => name === other.identifier || other.aliases.includes(name))
  throw conflict(`${taken} is a name of ${other.displayName} already. A name leads to one model.`)
}

/** A route in force may have a name of its own, which leads to it. */
async function checkRouteNames(tx: Transaction, names: string[]): Promise<void> {
  const called = names.map(name => ({ definition: { path: ['callableAs'], equals: name } }))
  const route = await tx.route.findFirst({ where: { archivedAt: null, OR: called } })
  if (route) throw conflict(`One of these names leads to the route ${route.name} already. A name leads to one thing.`)
}

/** Throws `invalid_input` unless every substitute is another model of the organization. */
export async function checkSubstitutes(
  tx: Transaction,
  substitutes: readonly Substitute[],
  of?: string,
): Promise<void> {
  const ids = substitutes.map(substitute => substitute.modelId)
  if (of && ids.includes(of)) throw invalid('substitutes', 'A model cannot stand in for itself.')
  if (ids.length === 0 || (await tx.model.count({ where: { id: { in: ids } } })) === ids.length) return
  throw invalid('substitutes', 'One of these models is not in the catalog of this organization.')
}
