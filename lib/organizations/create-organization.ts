import { BOOTSTRAP_ID, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { foundOrganization } from './found-organization.ts'
import { toDto } from './organization-dto.ts'
import { type CreatedOrganizationDto, CreateOrganizationInput } from './schema.ts'

/** Makes another organization in this installation. Only the bootstrap token may: nobody else stands above organizations. */
export async function createOrganization({ ctx, input }: VerbArgs): Promise<CreatedOrganizationDto> {
  requirePermission(ctx, 'organization.manage')
  if (ctx.actor.kind !== 'serviceToken' || ctx.actor.id !== BOOTSTRAP_ID) {
    throw new DomainError('permission_denied', 'Only the token in GATEHOUSE_BOOTSTRAP_TOKEN can make an organization.')
  }
  const data = parseInput(CreateOrganizationInput, input)
  const { organization, teamId, administratorId } = await foundOrganization(ctx, data)
  return { ...toDto(organization), teamId, administratorId }
}
