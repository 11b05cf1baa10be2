import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Organization } from '#prisma/generated/client.ts'
import { OrganizationSettings } from './schema.ts'

/** Publishes an organization as the gateways know it. */
export function publishOrganization(tx: Transaction, ctx: Context, organization: Organization): Promise<void> {
  return publishConfig(tx, ctx, 'organization', organization.id, {
    name: organization.name,
    slug: organization.slug,
    active: organization.removedAt === null,
    unregisteredWorkloads: OrganizationSettings.parse(organization.settings).unregisteredWorkloads,
  })
}
