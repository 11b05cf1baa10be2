import type { Transaction } from '#lib/platform/transaction.ts'
import type { Exemption } from '#prisma/generated/client.ts'
import { readExemption } from './exemption-record.ts'

/** Names of the records that exemptions speak of, by id; what has been removed has none. */
export async function exemptionNames(tx: Transaction, rows: readonly Exemption[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  const read = rows.map(row => ({ row, ...readExemption(row) }))
  const subjects = (kind: string) => rows.flatMap(row => (row.subjectKind === kind ? [row.subjectTarget] : []))
  const args = (ids: readonly (string | null)[]) => ({
    where: { id: { in: [...new Set(ids)].filter(id => id !== null) } },
    select: { id: true, name: true } as const,
  })
  const add = (found: readonly { id: string; name: string }[]) => {
    for (const { id, name } of found) names.set(id, name)
  }
  add(await tx.team.findMany(args([...subjects('team'), ...rows.map(row => row.teamId)])))
  add(await tx.person.findMany(args([...subjects('person'), ...rows.map(row => row.ownerId)])))
  if (subjects('key').length > 0) add(await tx.apiKey.findMany(args(subjects('key'))))
  const modelIds = read.flatMap(({ scope }) => scope.modelIds)
  if (modelIds.length > 0) {
    const models = await tx.model.findMany({ where: { id: { in: modelIds } }, select: { id: true, identifier: true } })
    add(models.map(({ id, identifier }) => ({ id, name: identifier })))
  }
  const providerIds = read.flatMap(({ scope }) => scope.providerIds)
  if (providerIds.length > 0) add(await tx.provider.findMany(args(providerIds)))
  const budgetIds = read.flatMap(({ scope }) => scope.budgetIds)
  if (budgetIds.length > 0) add(await tx.budget.findMany(args(budgetIds)))
  const guardrailIds = read.flatMap(({ scope }) => scope.guardrailIds)
  if (guardrailIds.length > 0) {
    const rules = await tx.guardrail.findMany({
      where: { id: { in: guardrailIds } },
      select: { id: true, detector: true },
    })
    add(rules.map(({ id, detector }) => ({ id, name: detector })))
  }
  return names
}
