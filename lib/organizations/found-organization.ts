import { newId } from '#core/ids.ts'
import { freeSlug, slugOf } from '#core/slug.ts'
import { writeDefaultGuardrails } from '#lib/detectors/install-guardrails.ts'
import { createPerson } from '#lib/people/create-person.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Actor, type Context, systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { installRisks } from '#lib/risks/install-risks.ts'
import { createTeam } from '#lib/teams/create-team.ts'
import { setMember } from '#lib/teams/set-member.ts'
import type { Organization } from '#prisma/generated/client.ts'
import { publishOrganization } from './publish-organization.ts'
import type { CreateOrganizationInput } from './schema.ts'

export interface Founded {
  organization: Organization
  teamId: string
  administratorId: string | null
}

/**
 * Makes an organization with its first team and administrator. `mayStill` is asked under a lock that lets
 * one organization be founded at a time; it throws when this one must not be.
 */
export function foundOrganization(
  by: { actor: Actor; requestId: string },
  data: CreateOrganizationInput,
  mayStill: (tx: Transaction) => Promise<void> = async () => {},
): Promise<Founded> {
  // The organization does not exist yet, so row-level security has none to hold this to.
  return databases().system.$transaction(async tx => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('found_organization'))`
    await mayStill(tx)
    const slugs = await tx.organization.findMany({
      where: { slug: { startsWith: slugOf(data.name) } },
      select: { slug: true },
    })
    const organization = await tx.organization.create({
      data: {
        id: newId(),
        name: data.name,
        slug: freeSlug(slugOf(data.name), new Set(slugs.map(row => row.slug))),
        settings: { timezone: data.timezone },
      },
    })
    const ctx: Context = { ...by, organizationId: organization.id, tx }
    await audit(tx, ctx, {
      action: 'organization.created',
      subject: { kind: 'organization', id: organization.id, name: organization.name },
      after: { name: organization.name, slug: organization.slug, timezone: data.timezone },
    })
    await publishOrganization(tx, ctx, organization)
    await writeDefaultGuardrails(tx, ctx)
    await installRisks(tx, ctx)
    return { organization, ...(await addFounders(ctx, data)) }
  })
}

async function addFounders(ctx: Context, data: CreateOrganizationInput): Promise<Omit<Founded, 'organization'>> {
  const founding = { ...systemContext(ctx.organizationId, ctx.actor.name), requestId: ctx.requestId, tx: ctx.tx }
  const team = await createTeam({ ctx: founding, input: { name: data.teamName } })
  if (!data.administrator) return { teamId: team.id, administratorId: null }
  const person = await createPerson({ ctx: founding, input: { ...data.administrator, roles: ['administrator'] } })
  await setMember({ ctx: founding, input: { teamId: team.id, personId: person.id, kind: 'lead' } })
  return { teamId: team.id, administratorId: person.id }
}
