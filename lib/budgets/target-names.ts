import type { Transaction } from '#lib/platform/transaction.ts'
import type { Budget } from '#prisma/generated/client.ts'

/** Names of the records that budgets cover, by id. */
export async function targetNames(tx: Transaction, budgets: readonly Budget[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  const idsOf = (scope: string) =>
    budgets.flatMap(budget => (budget.scope === scope && budget.target !== null ? [budget.target] : []))
  const args = (scope: string) => ({ where: { id: { in: idsOf(scope) } }, select: { id: true, name: true } })
  const add = (rows: { id: string; name: string }[]) => {
    for (const { id, name } of rows) names.set(id, name)
  }
  if (idsOf('team').length > 0) add(await tx.team.findMany(args('team')))
  if (idsOf('person').length > 0) add(await tx.person.findMany(args('person')))
  if (idsOf('key').length > 0) add(await tx.apiKey.findMany(args('key')))
  if (idsOf('provider').length > 0) add(await tx.provider.findMany(args('provider')))
  if (idsOf('model').length > 0) {
    const where = { id: { in: idsOf('model') } }
    const models = await tx.model.findMany({ where, select: { id: true, displayName: true } })
    add(models.map(({ id, displayName }) => ({ id, name: displayName })))
  }
  return names
}
