import { newId } from '#core/ids.ts'
import { countAccount } from '#lib/platform/auth/attempts.ts'
import { isLocalRequest } from '#lib/platform/auth/demo-guard.ts'
import type { Session } from '#lib/platform/auth/session.ts'
import { SignInRefused } from '#lib/platform/auth/sign-in-refused.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { admitPerson } from './admit-person.ts'
import { SignInAsPersonaInput } from './schema.ts'

/**
 * Signs in as a person of a demonstration organization, without any proof: possible on the machine that
 * runs Gatehouse only, unless GATEHOUSE_DEMO_PUBLIC says otherwise, and never in a real organization.
 */
export async function signInAsPersona(input: unknown, request: Headers): Promise<Session> {
  if (!isLocalRequest(request)) throw new SignInRefused('demo_not_local')
  const { personId } = parseInput(SignInAsPersonaInput, input)
  const person = await databases().system.person.findFirst({
    where: { id: personId, status: 'active', organization: { demo: true, removedAt: null } },
    select: { organizationId: true },
  })
  if (!person) throw new SignInRefused('no_such_persona')
  await countAccount(personId)
  const ctx = { ...systemContext(person.organizationId, 'sign-in'), requestId: newId() }
  return transact(ctx, tx => admitPerson(tx, ctx, personId, 'persona'))
}
