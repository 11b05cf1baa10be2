import { requireEqualOf } from '#lib/people/administrators.ts'
import { findPerson } from '#lib/people/find-person.ts'
import { makeSignInLink, type SignInLink } from '#lib/platform/auth/sign-in-link.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { CreateSignInLinkInput } from './schema.ts'

/** Makes a link that signs a person in once, within 15 minutes; it is shown once, and one made before ends. */
export async function createSignInLink({ ctx, input }: VerbArgs): Promise<SignInLink> {
  requirePermission(ctx, 'people.manage')
  const { personId } = parseInput(CreateSignInLinkInput, input)
  return transact(ctx, async tx => {
    const person = await findPerson(tx, ctx, personId)
    requireEqualOf(ctx, person.roles)
    if (person.status !== 'active') throw conflict(`${person.name} is deactivated. Reactivate them first.`)
    return makeSignInLink(tx, ctx, person)
  })
}
