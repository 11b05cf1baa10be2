import { newId } from '#core/ids.ts'
import { createPerson } from '#lib/people/create-person.ts'
import { audit } from '#lib/platform/audit.ts'
import { countAccount } from '#lib/platform/auth/attempts.ts'
import type { IdentityClaims } from '#lib/platform/auth/options.ts'
import type { Session } from '#lib/platform/auth/session.ts'
import { SignInRefused } from '#lib/platform/auth/sign-in-refused.ts'
import { type Context, systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { admitPerson } from './admit-person.ts'
import { applyGroups } from './apply-groups.ts'

/**
 * Signs in whom an identity provider vouches for: the person it was seen with before, else the one with
 * its verified e-mail address, else a new person where one of its groups is mapped. Brings memberships and
 * roles in line with its groups. Throws SignInRefused for anybody else.
 */
export async function signInWithIdentity(claims: IdentityClaims): Promise<Session> {
  if (!claims.issuer || !claims.subject) throw new SignInRefused('unknown_person')
  await countAccount(`${claims.issuer} ${claims.subject}`)
  const found = await findHome(claims)
  const ctx = { ...systemContext(found.organizationId, 'sign-in'), requestId: newId() }
  return transact(ctx, async tx => {
    const inside = { ...ctx, tx }
    const personId = found.personId ?? (await createFromClaims(inside, claims))
    if (!found.linked) await linkIdentity(tx, ctx, personId, claims)
    const session = await admitPerson(tx, ctx, personId, 'identity')
    await applyGroups(tx, ctx, personId, claims.groups)
    return session
  })
}

interface Home {
  organizationId: string
  /** Null: to be created. */
  personId: string | null
  linked: boolean
}

/** The organization and person that claims belong to. */
async function findHome(claims: IdentityClaims): Promise<Home> {
  const { system } = databases()
  const identity = await system.identity.findUnique({
    where: { issuer_subject: { issuer: claims.issuer, subject: claims.subject } },
  })
  if (identity) return { organizationId: identity.organizationId, personId: identity.personId, linked: true }
  const organization = { removedAt: null }
  if (claims.email && claims.emailVerified) {
    const people = await system.person.findMany({ where: { email: claims.email, organization } })
    const [person] = people
    if (people.length > 1) throw new SignInRefused('several_organizations')
    if (person) return { organizationId: person.organizationId, personId: person.id, linked: false }
  }
  const mappings = await system.groupMapping.findMany({
    where: { group: { in: claims.groups } },
    distinct: ['organizationId'],
    select: { organizationId: true },
  })
  const living = await system.organization.findMany({
    where: { id: { in: mappings.map(mapping => mapping.organizationId) }, ...organization },
    select: { id: true },
  })
  if (living.length > 1) throw new SignInRefused('several_organizations')
  const [home] = living
  if (claims.email && !claims.emailVerified) throw new SignInRefused('unverified_email')
  if (!home || !claims.email) throw new SignInRefused('unknown_person')
  return { organizationId: home.id, personId: null, linked: false }
}

async function createFromClaims(ctx: Context, { email, name }: IdentityClaims): Promise<string> {
  const person = await createPerson({ ctx, input: { email, name: (name ?? email)?.slice(0, 120), roles: [] } })
  return person.id
}

async function linkIdentity(tx: Transaction, ctx: Context, personId: string, claims: IdentityClaims): Promise<void> {
  const { issuer, subject } = claims
  await tx.identity.create({ data: { id: newId(), organizationId: ctx.organizationId, personId, issuer, subject } })
  await audit(tx, ctx, {
    action: 'person.identity_linked',
    subject: { kind: 'person', id: personId, name: claims.name ?? claims.email ?? subject },
    after: { issuer, subject, email: claims.email },
  })
}
