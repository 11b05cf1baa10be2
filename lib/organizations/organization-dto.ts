import type { Organization } from '#prisma/generated/client.ts'
import { type OrganizationDto, OrganizationSettings } from './schema.ts'

export function toDto(organization: Organization): OrganizationDto {
  const { id, name, slug, demo, createdAt } = organization
  const settings = OrganizationSettings.parse(organization.settings)
  return { id, name, slug, demo, ...settings, createdAt: createdAt.toISOString() }
}
