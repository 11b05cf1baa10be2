import { z } from 'zod'
import { UsdAmount } from '#core/money.ts'
import { BRIEF_STEPS, type BriefStep } from './brief-steps.ts'
import { KEY_SCOPES } from './workload.ts'

/** How much a workload decides by itself. */
export const AUTONOMY = ['suggests', 'acts_after_approval', 'acts_supervised', 'acts_alone'] as const

const Text = (most = 2_000) => z.string().trim().max(most)
const Usd = z
  .string()
  .trim()
  .refine(text => UsdAmount.safeParse(text).success, 'an amount in US dollars, such as 0.05')

/** What becomes a budget is more than nothing. */
const UsdAboveNothing = Usd.refine(text => !/^[0.]*$/.test(text), 'more than 0')

export const SuccessMetric = z.strictObject({
  name: Text(120),
  /** Below this it has failed. */
  minimum: Text(60),
  /** What is aimed at. */
  target: Text(60),
})

/** What a brief says besides its name, team and owner; every part may wait until it is submitted. */
export const BriefContent = z.strictObject({
  objective: Text().optional(),
  currentState: Text().optional(),
  approach: Text().optional(),
  inputTier: Text(60).nullable().optional(),
  outputTier: Text(60).nullable().optional(),
  /** The preferred first. */
  modelIds: z
    .array(z.uuid())
    .max(20)
    .refine(ids => new Set(ids).size === ids.length, 'each model once')
    .optional(),
  metrics: z.array(SuccessMetric).max(12).optional(),
  /** Most milliseconds that 95 of 100 calls may take. */
  latencyMs: z.int().min(1).max(3_600_000).nullable().optional(),
  requestsPerDay: z.int().min(1).max(1_000_000_000).nullable().optional(),
  costPerCallUsd: Usd.nullable().optional(),
  costPerMonthUsd: UsdAboveNothing.nullable().optional(),
  inScope: Text().optional(),
  outOfScope: Text().optional(),
  rollback: Text().optional(),
  decommission: Text().optional(),
  autonomy: z.enum(AUTONOMY).nullable().optional(),
  oversight: Text().optional(),
  peopleAffected: Text().optional(),
  keyScope: z.enum(KEY_SCOPES).optional(),
})
export type BriefContent = z.infer<typeof BriefContent>

/** A brief as it is written: content, and what has columns of its own. */
export interface BriefDraft {
  readonly name: string
  readonly teamId: string | null
  readonly ownerId: string | null
  readonly content: BriefContent
}

export interface BriefProblem {
  readonly step: BriefStep
  /** As the input names it. */
  readonly field: string
  readonly message: string
}

/** Everything that a brief still lacks, in the order of its steps; empty: it can be submitted. */
export function briefProblems(draft: BriefDraft): BriefProblem[] {
  return BRIEF_STEPS.flatMap(step => CHECKS[step](draft).map(([field, message]) => ({ step, field, message })))
}

/** How much of a brief is written: the share of its steps in which nothing is lacking, from 0 to 1. */
export function briefProgress(draft: BriefDraft): number {
  const lacking = new Set(briefProblems(draft).map(({ step }) => step))
  return (BRIEF_STEPS.length - lacking.size) / BRIEF_STEPS.length
}

type Lack = [field: string, message: string]

const CHECKS: Readonly<Record<BriefStep, (draft: BriefDraft) => Lack[]>> = {
  purpose: ({ name, teamId, ownerId, content }) => [
    ...need('name', name, 'Give it a name.'),
    ...need('teamId', teamId, 'Say which team is responsible.'),
    ...need('ownerId', ownerId, 'Name one person who answers for it.'),
    ...need('content.objective', content.objective, 'Say what it is to achieve, and for whom.'),
    ...need('content.currentState', content.currentState, 'Say how it is done today.'),
    ...need('content.approach', content.approach, 'Say how a model is to help.'),
  ],
  data: ({ content }) => [
    ...need('content.inputTier', content.inputTier, 'Classify what goes in.'),
    ...need('content.outputTier', content.outputTier, 'Classify what comes out.'),
    ...need('content.modelIds', content.modelIds?.[0], 'Name at least one model.'),
  ],
  quality: ({ content }) => metricLacks(content.metrics ?? []),
  cost: ({ content }) => [
    ...need('content.latencyMs', content.latencyMs, 'Say how long an answer may take.'),
    ...need('content.requestsPerDay', content.requestsPerDay, 'Say how many calls a day you expect.'),
    ...need('content.costPerCallUsd', content.costPerCallUsd, 'Say what a call may cost.'),
    ...need('content.costPerMonthUsd', content.costPerMonthUsd, 'Say what a month may cost: it becomes the budget.'),
  ],
  boundaries: ({ content }) => [
    ...need('content.inScope', content.inScope, 'Say what it is for.'),
    ...need('content.outOfScope', content.outOfScope, 'Say what it must not be used for.'),
    ...need('content.rollback', content.rollback, 'Say when and how one goes back.'),
    ...need('content.decommission', content.decommission, 'Say when it has served its time.'),
  ],
  people: ({ content }) => [
    ...need('content.autonomy', content.autonomy, 'Say how much it decides by itself.'),
    ...need('content.oversight', content.oversight, 'Say who watches it, and how they step in.'),
    ...need('content.peopleAffected', content.peopleAffected, 'Say whom its answers affect.'),
  ],
}

function need(field: string, value: string | number | null | undefined, message: string): Lack[] {
  const given = typeof value === 'string' ? value.trim() !== '' : value !== null && value !== undefined
  return given ? [] : [[field, message]]
}

function metricLacks(metrics: readonly z.infer<typeof SuccessMetric>[]): Lack[] {
  if (metrics.length === 0) return [['content.metrics', 'Name at least one measure of success.']]
  const half = metrics.findIndex(({ name, minimum, target }) => !name || !minimum || !target)
  return half === -1 ? [] : [[`content.metrics.${half}`, 'A measure has a name, a minimum and a target.']]
}

/** The higher of the tiers of a brief's inputs and outputs, by rank: the least tier of its calls. */
export function leastTier(
  { inputTier, outputTier }: BriefContent,
  tiers: readonly { readonly name: string; readonly rank: number }[],
): string | null {
  const named = tiers.filter(({ name }) => name === inputTier || name === outputTier)
  return named.sort((a, b) => b.rank - a.rank)[0]?.name ?? null
}
