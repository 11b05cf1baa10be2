import { z } from 'zod'
import { PERMISSIONS, type Permission } from '#core/permissions.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const PERMISSION_NAMES = Object.keys(PERMISSIONS) as [Permission, ...Permission[]]

export const IssueServiceTokenInput = z.strictObject({
  name: z.string().trim().min(1, 'a name, so that you recognise the token later').max(80),
  /** Permissions of the token; it acts on the whole organization within them. */
  scopes: z.array(z.enum(PERMISSION_NAMES)).min(1, 'at least one permission').max(PERMISSION_NAMES.length),
  expiresInDays: z.int().min(1).max(366).default(90),
})
export type IssueServiceTokenInput = z.infer<typeof IssueServiceTokenInput>

export const RevokeServiceTokenInput = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().max(500).default(''),
})

export const SERVICE_TOKEN_STATES = ['active', 'expired', 'revoked'] as const

export const ServiceTokenDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  hint: z.string(),
  scopes: z.array(z.string()),
  state: z.enum(SERVICE_TOKEN_STATES),
  createdBy: z.strictObject({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})
export type ServiceTokenDto = z.infer<typeof ServiceTokenDto>

/** The answer that carries the token itself: the only time it is shown. */
export const IssuedServiceTokenDto = z.strictObject({
  id: z.uuid(),
  token: z.string(),
  name: z.string(),
  hint: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.iso.datetime(),
})
export type IssuedServiceTokenDto = z.infer<typeof IssuedServiceTokenDto>

export const ListServiceTokensQuery = PageQuery.extend({
  state: z.enum(SERVICE_TOKEN_STATES).optional(),
  search: z.string().max(100).optional(),
})
