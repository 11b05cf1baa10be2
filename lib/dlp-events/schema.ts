import { z } from 'zod'
import { GUARDRAIL_ACTIONS } from '#core/guardrails/decide.ts'
import { Moment } from '#core/moment.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const FEEDBACK = ['correct', 'false_positive'] as const

export const ListDlpEventsQuery = PageQuery.extend({
  detector: z.string().max(80).optional(),
  action: z.enum(GUARDRAIL_ACTIONS).optional(),
  /** Only those of rules that just count, or only the others. */
  shadow: z.enum(['true', 'false']).optional(),
  feedback: z.enum([...FEEDBACK, 'none']).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
})

export const RatesQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(90).default(30) })

export const GiveFeedbackInput = z.strictObject({
  id: z.uuid(),
  /** Null takes a judgement back. */
  feedback: z.enum(FEEDBACK).nullable(),
  note: z.string().trim().max(500).default(''),
})

export const DlpEventDto = z.strictObject({
  id: z.uuid(),
  occurredAt: z.iso.datetime(),
  requestId: z.uuid(),
  detector: z.string(),
  name: z.string(),
  kind: z.string(),
  location: z.string(),
  action: z.enum(GUARDRAIL_ACTIONS),
  shadow: z.boolean(),
  count: z.int(),
  tier: z.string().nullable(),
  keyId: z.uuid().nullable(),
  keyName: z.string().nullable(),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  personName: z.string().nullable(),
  workload: z.string().nullable(),
  status: z.int(),
  feedback: z.enum(FEEDBACK).nullable(),
  feedbackNote: z.string().nullable(),
  feedbackBy: z.string().nullable(),
})
export type DlpEventDto = z.infer<typeof DlpEventDto>

export const DetectorRateDto = z.strictObject({
  detector: z.string(),
  name: z.string(),
  found: z.int(),
  blocked: z.int(),
  masked: z.int(),
  raised: z.int(),
  shadow: z.int(),
  judged: z.int(),
  /** Of those judged, the share that was wrong; null when none was. */
  falsePositiveRate: z.number().nullable(),
  /** Found on each day, the oldest first. */
  days: z.array(z.strictObject({ day: z.string(), found: z.int() })),
})
export type DetectorRateDto = z.infer<typeof DetectorRateDto>
