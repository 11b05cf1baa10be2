import { conflict, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Provider } from '#prisma/generated/client.ts'

/** A provider of this organization; `not_found` for any other. */
export async function findProvider(tx: Transaction, id: string): Promise<Provider> {
  const provider = await tx.provider.findUnique({ where: { id } })
  if (!provider) throw notFound('provider')
  return provider
}

/** Throws `conflict` when another provider of the organization has this name. */
export async function checkProviderName(tx: Transaction, name: string, except?: string): Promise<void> {
  const other = await tx.provider.findFirst({ where: { name, ...(except ? { id: { not: except } } : {}) } })
  if (other) throw conflict(`There is a provider named ${name} already. Choose another name.`)
}
