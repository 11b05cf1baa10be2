import { z } from 'zod'
import { PageQuery } from '#lib/platform/pagination.ts'

export const AcknowledgePolicyInput = z.strictObject({
  policyId: z.uuid(),
  versionId: z.uuid(),
  /** SHA-256, in hex, of the text that was read. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'the SHA-256 of the text, 64 hexadecimal digits'),
  /** It was shown to its end. */
  readToEnd: z.literal(true, 'Read the text to its end first.'),
})

export const ListAcknowledgementsQuery = PageQuery.extend({
  policyId: z.uuid().optional(),
  personId: z.uuid().optional(),
  teamId: z.uuid().optional(),
})

export const AcknowledgementDto = z.strictObject({
  id: z.uuid(),
  policyId: z.uuid(),
  policyName: z.string(),
  versionId: z.uuid(),
  /** The version's number. */
  number: z.int(),
  personId: z.uuid(),
  personName: z.string(),
  sha256: z.string(),
  createdAt: z.iso.datetime(),
})
export type AcknowledgementDto = z.infer<typeof AcknowledgementDto>

const Given = z.strictObject({ number: z.int(), sha256: z.string(), at: z.iso.datetime() })

/** Who of those asked has acknowledged a policy, as far as the caller may see. */
export const CoverageDto = z.strictObject({
  policyId: z.uuid(),
  policyName: z.string(),
  /** The version that people are asked for; null: none. */
  number: z.int().nullable(),
  asked: z.int(),
  acknowledged: z.int(),
  teams: z.array(z.strictObject({ id: z.uuid(), name: z.string(), asked: z.int(), acknowledged: z.int() })),
  people: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      teams: z.array(z.string()),
      /** What counts for the version asked for; null: still to do. */
      acknowledged: Given.nullable(),
    }),
  ),
})
export type CoverageDto = z.infer<typeof CoverageDto>
