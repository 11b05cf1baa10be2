import type { Context } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Person } from '#prisma/generated/client.ts'

/** A person of the caller's organization; throws `not_found` for any other. */
export async function findPerson(tx: Transaction, ctx: Context, id: string): Promise<Person> {
  const person = await tx.person.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!person) throw notFound('person')
  return person
}
