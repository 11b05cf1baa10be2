import { z } from 'zod'
import { APPLIES_TO, type AppliesTo, GUARDRAIL_ACTIONS } from '#core/guardrails/decide.ts'
import { PatternForm } from '#core/guardrails/pattern-form.ts'

export const Actions = z.record(z.string().max(40), z.enum(GUARDRAIL_ACTIONS))

/** Where a stored rule acts; what cannot be read acts everywhere. */
export function appliesToOf({ appliesTo }: { appliesTo: string }): AppliesTo {
  return APPLIES_TO.find(one => one === appliesTo) ?? 'both'
}

const rule = {
  enabled: z.boolean(),
  /** Counted, but nothing is done. */
  shadow: z.boolean(),
  /** By tier's name. */
  actions: Actions,
  /** Where it acts; what it finds elsewhere it counts only. */
  appliesTo: z.enum(APPLIES_TO),
  /** Where `raise` raises a request's tier to; null: the highest. */
  raiseTo: z.string().max(40).nullable(),
}

export const UpdateDetectorInput = z.strictObject(rule).partial().extend({ id: z.uuid() })

/** Dictionaries are given in the clear here and kept as keyed hashes. */
export const PatternInput = z.discriminatedUnion('form', [
  PatternForm.options[0],
  PatternForm.options[1],
  z.strictObject({
    form: z.literal('dictionary'),
    entries: z.array(z.string().trim().min(3).max(100)).min(1).max(50_000),
  }),
])

export const CreateDetectorInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  pattern: PatternInput,
  enabled: rule.enabled.default(true),
  shadow: rule.shadow.default(true),
  actions: Actions.default({}),
  appliesTo: rule.appliesTo.default('request'),
  raiseTo: rule.raiseTo.default(null),
})

/** Nothing to choose: what is installed can be changed afterwards. */
export const InstallGuardrailsInput = z.strictObject({})

export const DeleteDetectorInput = z.strictObject({ id: z.uuid() })

export const TestDetectorsInput = z.strictObject({
  text: z.string().min(1).max(100_000),
  /** The tier that the request would be declared with; left out: the lowest. */
  tier: z.string().max(40).optional(),
  /** Whether a caller sends it, or a model answers it. */
  side: z.enum(['request', 'answer']).default('request'),
})

export const DetectorDto = z.strictObject({
  id: z.uuid(),
  detector: z.string(),
  name: z.string(),
  ...rule,
  /** An organization's own pattern, in words; null for a shipped detector. */
  pattern: z.string().nullable(),
  /** Findings of the last seven days. */
  found: z.int(),
  blocked: z.int(),
  falsePositives: z.int(),
})
export type DetectorDto = z.infer<typeof DetectorDto>

export const TestResultDto = z.strictObject({
  outcome: z.enum(['passed', 'masked', 'blocked']),
  /** The tier after what was found; null without tiers. */
  tier: z.string().nullable(),
  declaredTier: z.string().nullable(),
  /** The text as it goes on, with what is masked in it; null: it goes on as it is, or not at all. */
  masked: z.string().nullable(),
  findings: z.array(
    z.strictObject({
      detector: z.string(),
      name: z.string(),
      kind: z.string(),
      start: z.int(),
      end: z.int(),
      /** Null: no rule is in force for this detector. */
      action: z.enum(GUARDRAIL_ACTIONS).nullable(),
      shadow: z.boolean(),
    }),
  ),
})
export type TestResultDto = z.infer<typeof TestResultDto>
