import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { toDto } from './organization-dto.ts'
import { publishOrganization } from './publish-organization.ts'
import { type OrganizationDto, OrganizationSettings, UpdateOrganizationInput } from './schema.ts'

/** Changes the caller's organization's name or settings; what is left out stays. */
export async function updateOrganization({ ctx, input }: VerbArgs): Promise<OrganizationDto> {
  requirePermission(ctx, 'organization.manage')
  const { id, name, ...changes } = parseInput(UpdateOrganizationInput, input)
  return transact(ctx, async tx => {
    // Settings are one field: of two who change different ones at once, neither undoes the other's.
    await tx.$queryRaw`select 1 from organizations where id = ${id}::uuid for update`
    const before = await tx.organization.findFirst({ where: { id, AND: { id: ctx.organizationId }, removedAt: null } })
    if (!before) throw notFound('organization')
    const settings = OrganizationSettings.parse({ ...OrganizationSettings.parse(before.settings), ...changes })
    const kept = { ...(before.settings as object), ...settings }
    const organization = await tx.organization.update({
      where: { id },
      data: { settings: kept, ...(name ? { name } : {}) },
    })
    await audit(tx, ctx, {
      action: 'organization.updated',
      subject: { kind: 'organization', id, name: organization.name },
      before: { name: before.name, ...OrganizationSettings.parse(before.settings) },
      after: { name: organization.name, ...settings },
    })
    await publishOrganization(tx, ctx, organization)
    return toDto(organization)
  })
}
