import 'server-only'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Page } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import { toDto } from './organization-dto.ts'
import type { OrganizationDto } from './schema.ts'

/** The caller's own organization, as a list: nobody sees another. */
export async function listOrganizations(ctx: Context): Promise<Page<OrganizationDto>> {
  return { data: [await getOrganization(ctx, ctx.organizationId)], nextCursor: null }
}

/** The caller's organization; throws `not_found` for any other. */
export function getOrganization(ctx: Context, id: string): Promise<OrganizationDto> {
  requirePermission(ctx, 'organization.read')
  if (id !== ctx.organizationId) return Promise.reject(notFound('organization'))
  return read(ctx, async tx => {
    const organization = await tx.organization.findFirst({ where: { id, removedAt: null } })
    if (!organization) throw notFound('organization')
    return toDto(organization)
  })
}
