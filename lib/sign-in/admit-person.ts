import { audit } from '#lib/platform/audit.ts'
import { assertDemoServedLocally } from '#lib/platform/auth/demo-guard.ts'
import type { Session } from '#lib/platform/auth/session.ts'
import { SignInRefused } from '#lib/platform/auth/sign-in-refused.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Lets a known person in: notes when and how, and gives what their session says. */
export async function admitPerson(
  tx: Transaction,
  ctx: Context,
  personId: string,
  method: 'identity' | 'link' | 'persona',
): Promise<Session> {
  const person = await tx.person.findFirst({
    where: { id: personId, organizationId: ctx.organizationId, organization: { removedAt: null } },
    include: { organization: { select: { demo: true } } },
  })
  if (!person) throw new SignInRefused('unknown_person')
  if (person.status !== 'active') throw new SignInRefused('deactivated')
  assertDemoServedLocally(person.organization)
  await tx.person.update({ where: { id: person.id }, data: { lastSeenAt: new Date() }, select: { id: true } })
  await audit(tx, ctx, {
    action: 'person.signed_in',
    subject: { kind: 'person', id: person.id, name: person.name },
    after: { method },
  })
  return { personId: person.id, organizationId: ctx.organizationId, sessionVersion: person.sessionVersion }
}
