import { z } from 'zod'

/** A policy whose acknowledgement keys need, as gateways know it; policies that no key needs are not published. */
export const PolicyDocument = z.strictObject({
  name: z.string(),
  /** The version in force. */
  number: z.int().positive(),
  /** The lowest version whose acknowledgement counts. */
  asksFrom: z.int().positive(),
  /** Until then, keys work without it. */
  requiredFrom: z.iso.datetime(),
  /** Teams whose keys need it; null: every key. */
  teamIds: z.array(z.uuid()).nullable(),
})
export type PolicyDocument = z.infer<typeof PolicyDocument>

/** What a person has acknowledged: the newest version, by the policy's id. Its id is the person's. */
export const AcknowledgementDocument = z.strictObject({ versions: z.record(z.uuid(), z.int().positive()) })
export type AcknowledgementDocument = z.infer<typeof AcknowledgementDocument>
