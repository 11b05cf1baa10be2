import type { Transaction } from '#lib/platform/transaction.ts'
import type { Exemption } from '#prisma/generated/client.ts'

/** Ids of those who have something of an exemption and so do not decide on it: who answers for it, and whom it is for. */
export async function beneficiariesOf(
  tx: Transaction,
  { organizationId, ownerId, personId, subjectKind, subjectTarget }: Exemption,
): Promise<string[]> {
  const key =
    subjectKind === 'key'
      ? await tx.apiKey.findFirst({ where: { id: subjectTarget, organizationId }, select: { personId: true } })
      : null
  const subject = subjectKind === 'person' ? subjectTarget : (key?.personId ?? null)
  return [...new Set([ownerId, personId, subject])].filter(id => id !== null)
}
