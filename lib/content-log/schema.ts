import { z } from 'zod'
import { ContentAuditRecord } from '#core/content/content-audit.ts'
import { ReadablePart, ReadableTurn } from '#core/content/readable-content.ts'
import { CONTENT_LOGGING } from '#core/contracts/config-documents.ts'
import { CONTENT_KEPT } from '#core/contracts/request-event.ts'
import { Moment } from '#core/moment.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const Name = z.string().nullable()
const Logging = z.enum(['full', 'restricted'])

/** Search is over what is known of an entry; content itself cannot be searched. */
export const ListContentQuery = PageQuery.extend({
  from: Moment.optional(),
  to: Moment.optional(),
  tier: z.string().trim().max(40).optional(),
  logging: Logging.optional(),
  keyId: z.uuid().optional(),
  teamId: z.uuid().optional(),
  personId: z.uuid().optional(),
  modelId: z.uuid().optional(),
  /** The request's id. */
  search: z.uuid().optional(),
})
export type ListContentQuery = z.input<typeof ListContentQuery>

/** One request whose content is kept, without the content. */
export const ContentEntryDto = z.strictObject({
  /** The request's id. */
  id: z.uuid(),
  occurredAt: z.iso.datetime(),
  tier: z.string(),
  logging: Logging,
  truncated: z.boolean(),
  /** Of the content itself, and of what is stored. */
  plainBytes: z.int(),
  storedBytes: z.int(),
  /** When retention drops it. */
  keptUntil: z.iso.datetime().nullable(),
  dialect: z.string(),
  streaming: z.boolean(),
  status: z.int(),
  keyName: Name,
  personName: Name,
  teamName: Name,
  modelIdentifier: Name,
})
export type ContentEntryDto = z.infer<typeof ContentEntryDto>

const REASON = { least: 10, most: 500 }
const Reason = z
  .string()
  .trim()
  .min(REASON.least, `a reason that others can follow, at least ${REASON.least} characters`)
  .max(REASON.most)

export const ReadContentInput = z.strictObject({
  id: z.uuid(),
  /** Demanded for a tier with restricted access; kept in the audit log. */
  reason: Reason.optional(),
})
export const ReadContentQuery = ReadContentInput.omit({ id: true })

const Kept = z.strictObject({ text: z.string(), truncated: z.boolean() })

/** What was asked and answered in one request. */
export const ContentDto = z.strictObject({
  id: z.uuid(),
  occurredAt: z.iso.datetime(),
  tier: z.string(),
  logging: Logging,
  dialect: z.string(),
  /** Null: the request does not read as a conversation; `request` has it as it came. */
  conversation: z.array(ReadableTurn).nullable(),
  answers: z.array(z.array(ReadablePart)).nullable(),
  request: Kept,
  /** Null: none was received, or none is kept (embeddings). */
  response: Kept.extend({ form: z.enum(['body', 'stream']) }).nullable(),
})
export type ContentDto = z.infer<typeof ContentDto>

/** Whether a request's content is there, and whether this reader may read it. */
export const ContentStateDto = z.strictObject({
  /** expired: retention has passed; removed: it should be there and is not. */
  state: z.enum(['kept', 'not_kept', 'expired', 'removed']),
  /** What the gateway decided; null: it recorded nothing of that. */
  kept: z.enum(CONTENT_KEPT).nullable(),
  tier: Name,
  logging: Logging.nullable(),
  bytes: z.int().nullable(),
  truncated: z.boolean(),
  keptUntil: z.iso.datetime().nullable(),
  retentionDays: z.int().nullable(),
  /** The permission that the reader lacks; null: may be read. */
  lacks: z.enum(['content.read', 'content.readRestricted']).nullable(),
})
export type ContentStateDto = z.infer<typeof ContentStateDto>

export const SetContentLoggingInput = z.strictObject({
  enabled: z.boolean(),
  /** When switching off: destroys the keys too, so that nothing kept so far can be read by anybody again. */
  erase: z.boolean().default(false),
})
export const RenewContentKeyInput = z.strictObject({})
export const AuditContentInput = z.strictObject({
  /** Entries that are decrypted and inspected. */
  sampleSize: z.int().min(1).max(2_000).default(200),
})

export const ContentLoggingDto = z.strictObject({
  enabled: z.boolean(),
  /** When the key in use was made; null: none is. */
  keyCreatedAt: z.iso.datetime().nullable(),
})
export type ContentLoggingDto = z.infer<typeof ContentLoggingDto>

export const ContentTierDto = z.strictObject({
  name: z.string(),
  logging: z.enum(CONTENT_LOGGING),
  retentionDays: z.int(),
  entries: z.int(),
  plainBytes: z.int(),
  storedBytes: z.int(),
  oldestDay: z.string().nullable(),
})
export type ContentTierDto = z.infer<typeof ContentTierDto>

export const ContentOverviewDto = ContentLoggingDto.extend({
  tiers: z.array(ContentTierDto),
  /** Entries of each of the last 30 days, by tier. */
  days: z.array(z.strictObject({ day: z.string(), entries: z.record(z.string(), z.int()) })),
})
export type ContentOverviewDto = z.infer<typeof ContentOverviewDto>

export const ContentReadDto = z.strictObject({
  /** Of the audit entry. */
  id: z.uuid(),
  at: z.iso.datetime(),
  by: z.string(),
  requestId: z.string(),
  tier: Name,
  reason: Name,
})
export type ContentReadDto = z.infer<typeof ContentReadDto>

/** An audit of the content log, as evidence. */
export const ContentAuditDto = z.strictObject({
  id: z.uuid(),
  /** That were there, all of them checked; how many of them were decrypted; how many should not be there. */
  entries: z.int(),
  sampleSize: z.int(),
  violations: z.int(),
  sha256: z.string(),
  /** Whether the record still has that hash. */
  intact: z.boolean(),
  record: ContentAuditRecord,
})
export type ContentAuditDto = z.infer<typeof ContentAuditDto>
