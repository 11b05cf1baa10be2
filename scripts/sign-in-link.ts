import { databases } from '#lib/platform/database.ts'
import { joinDatabase } from './launch/database.ts'
import { readInstallation } from './launch/environment.ts'
import { Hindrance, main } from './launch/progress.ts'

/** `npm run sign-in-link -- <e-mail>`: a link that signs one person in, for who has the server's shell. */
await main(async () => {
  const [email, slug] = process.argv.slice(2)
  if (!email) throw new Hindrance('Whom is the link for? npm run sign-in-link -- <e-mail> [organization]')
  const installation = await readInstallation('production')
  const database = await joinDatabase(installation)
  try {
    Object.assign(process.env, installation.variables(database.url))
    const { url, expiresAt } = await linkFor(email.trim().toLowerCase(), slug)
    process.stdout.write(`${url}\nIt works once, until ${expiresAt}.\n`)
  } finally {
    await Promise.all([databases().app.$disconnect(), databases().system.$disconnect()])
    await database.stop()
  }
  return 0
})

async function linkFor(email: string, slug: string | undefined) {
  const { makeSignInLink } = await import('#lib/platform/auth/sign-in-link.ts')
  const { systemContext } = await import('#lib/platform/context.ts')
  const { transact } = await import('#lib/platform/transaction.ts')
  const people = await databases().system.person.findMany({
    where: { email, status: 'active', organization: { removedAt: null, ...(slug ? { slug } : {}) } },
    include: { organization: { select: { slug: true } } },
  })
  const [person] = people
  if (!person) throw new Hindrance(`Nobody active here has the address ${email}. Add them under Admin → People first.`)
  if (people.length > 1) {
    const slugs = people.map(found => found.organization.slug).join(', ')
    throw new Hindrance(`${email} is in several organizations. Name one after the address: ${slugs}`)
  }
  const ctx = systemContext(person.organizationId, 'sign-in-link')
  return transact(ctx, tx => makeSignInLink(tx, ctx, person))
}
