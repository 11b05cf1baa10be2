import { z } from 'zod'
import { UNREGISTERED } from '#core/workloads/workload.ts'
import { EmailAddress, PersonName } from '#lib/people/schema.ts'

const Timezone = z
  .string()
  .max(64)
  .refine(isTimezone, 'Enter a time zone of the IANA database, such as Europe/Amsterdam.')

const RetentionDays = z.int().min(1, 'at least one day').max(3650, 'at most ten years, 3650 days')
const OrganizationName = z.string().trim().min(1, 'Enter the name people know it by.').max(120)

/** What is kept in the column `settings`. */
export const OrganizationSettings = z.object({
  /** How long governed requests are kept; the figures made of them stay. */
  requestRetentionDays: RetentionDays.default(90),
  /** How long the log keeps deliveries that ended: by default over a quarter, so that its review can see who was told what. */
  deliveryRetentionDays: RetentionDays.default(100),
  /** Of days, weeks and months in reports and budgets. */
  timezone: Timezone.default('UTC'),
  /** What becomes of calls that name a workload which nobody has registered. */
  unregisteredWorkloads: z.enum(UNREGISTERED).default('accept'),
})
export type OrganizationSettings = z.infer<typeof OrganizationSettings>

export const OrganizationDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  demo: z.boolean(),
  requestRetentionDays: z.int(),
  deliveryRetentionDays: z.int(),
  timezone: z.string(),
  unregisteredWorkloads: z.enum(UNREGISTERED),
  createdAt: z.iso.datetime(),
})
export type OrganizationDto = z.infer<typeof OrganizationDto>

export const UpdateOrganizationInput = z.strictObject({
  id: z.uuid(),
  name: OrganizationName.optional(),
  requestRetentionDays: RetentionDays.optional(),
  deliveryRetentionDays: RetentionDays.optional(),
  timezone: Timezone.optional(),
  unregisteredWorkloads: z.enum(UNREGISTERED).optional(),
})

const Founder = z.strictObject({ name: PersonName, email: EmailAddress })

export const CreateOrganizationInput = z.strictObject({
  name: OrganizationName,
  timezone: Timezone.default('UTC'),
  /** Its first administrator; they sign in by a link or by single sign-on. */
  administrator: Founder.nullable().default(null),
  teamName: z.string().trim().min(1).max(80).default('Everyone'),
})
export type CreateOrganizationInput = z.infer<typeof CreateOrganizationInput>

export const CreatedOrganizationDto = OrganizationDto.extend({
  teamId: z.uuid(),
  administratorId: z.uuid().nullable(),
})
export type CreatedOrganizationDto = z.infer<typeof CreatedOrganizationDto>

/** What the set-up page asks. */
export const SetUpInput = z.strictObject({
  code: z.string().max(64),
  organizationName: OrganizationName,
  teamName: z.string().trim().min(1, 'Name the team that issues the first keys, such as Platform.').max(80),
  name: PersonName,
  email: EmailAddress,
})

export const RemoveDemoInput = z.strictObject({ id: z.uuid() })

function isTimezone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
