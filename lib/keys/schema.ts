import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { UsdAmount } from '#core/money.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const KEY_ENVIRONMENTS = ['development', 'staging', 'production'] as const

const Address = z
  .string()
  .trim()
  .refine(text => ipaddr.isValidCIDR(text) || ipaddr.isValid(text), 'an IP address or a CIDR block such as 10.0.0.0/8')

export const IssueKeyInput = z.strictObject({
  name: z.string().trim().min(1, 'a name, so that you recognise the key later').max(80),
  teamId: z.uuid('the id of a team'),
  environment: z.enum(KEY_ENVIRONMENTS).default('development'),
  /** Empty: every model of the catalog. */
  modelIds: z.array(z.uuid()).max(100).default([]),
  expiresInDays: z.int().min(1).max(730).default(90),
  requestsPerMinute: z.int().min(1).nullable().default(null),
  dailyLimitUsd: UsdAmount.nullable().default(null),
  ipAllowList: z.array(Address).max(50).default([]),
  /** The least classification of every request with it; null: the lowest. */
  tier: z.string().trim().min(1).max(40).nullable().default(null),
  /** Data that it is used with: its requests take at least their tiers. */
  dataSourceIds: z.array(z.uuid()).max(50).default([]),
  /** The workload that all of its calls belong to, whatever they name; null: what its caller says. */
  workloadId: z.uuid().nullable().default(null),
})
export type IssueKeyInput = z.infer<typeof IssueKeyInput>

/** A key beyond the team's bounds, with the reason for those who decide. */
export const RequestKeyInput = IssueKeyInput.extend({
  reason: z.string().trim().min(1, 'why the key needs more than the team allows').max(500),
})

export const ClaimKeyInput = z.strictObject({ id: z.uuid() })

export const RotateKeyInput = z.strictObject({
  id: z.uuid(),
  /** How long the old key goes on working. */
  graceHours: z.int().min(0).max(720).default(24),
})

export const RevokeKeyInput = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().max(500).default(''),
})

/** All of them: what is left out is taken away. */
export const SetKeyDataInput = z.strictObject({
  id: z.uuid(),
  dataSourceIds: z.array(z.uuid()).max(50),
  reason: z.string().trim().max(500).default(''),
})

export const KEY_STATES = ['active', 'grace', 'expired', 'revoked'] as const

export const KeyDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  hint: z.string(),
  teamId: z.uuid(),
  teamName: z.string(),
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  environment: z.enum(KEY_ENVIRONMENTS),
  modelIds: z.array(z.uuid()),
  requestsPerMinute: z.int().nullable(),
  dailyLimitUsd: z.string().nullable(),
  ipAllowList: z.array(z.string()),
  tier: z.string().nullable(),
  dataSourceIds: z.array(z.uuid()),
  workloadId: z.uuid().nullable(),
  state: z.enum(KEY_STATES),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  revokedReason: z.string().nullable(),
  rotatedFromId: z.uuid().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  requests: z.int(),
  costUsd: z.string(),
})
export type KeyDto = z.infer<typeof KeyDto>

/** The answer that carries the key itself: the only time it is shown. */
export const IssuedKeyDto = z.strictObject({
  id: z.uuid(),
  key: z.string(),
  name: z.string(),
  hint: z.string(),
  teamId: z.uuid(),
  expiresAt: z.iso.datetime(),
  /** The gateways' configuration version that knows the key. */
  configVersion: z.string(),
})
export type IssuedKeyDto = z.infer<typeof IssuedKeyDto>

/** What became of asking for a key. */
export const KeyRequestedDto = z.strictObject({ approvalId: z.uuid(), state: z.string() })

/** A key that is approved and waits to be collected. */
export const KeyGrantDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  teamId: z.uuid(),
  /** Until when it can be collected. */
  expiresAt: z.iso.datetime(),
})
export type KeyGrantDto = z.infer<typeof KeyGrantDto>

export const ListKeysQuery = PageQuery.extend({
  teamId: z.uuid().optional(),
  personId: z.uuid().optional(),
  state: z.enum(KEY_STATES).optional(),
  search: z.string().max(100).optional(),
})
