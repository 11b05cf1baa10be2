import { z } from 'zod'
import { Moment } from '#core/moment.ts'
import { isTimeZone } from './local-day.ts'

/** What a budget covers: everything, or the requests of one team, person, key, model and so on. */
export const BUDGET_SCOPES = [
  'organization',
  'team',
  'workload',
  'useCase',
  'person',
  'key',
  'agent',
  'model',
  'provider',
] as const
export type BudgetScope = (typeof BUDGET_SCOPES)[number]

/** Scopes whose target is a name that callers send, not a record. */
export const NAMED_SCOPES: readonly BudgetScope[] = ['workload', 'useCase']

export const TimeZone = z.string().max(64).refine(isTimeZone, 'an IANA time zone such as Europe/Warsaw')

/** The recurring periods; a week begins on Monday (ISO 8601). */
export const RECURRING_WINDOWS = ['day', 'week', 'month', 'quarter'] as const
export const WINDOW_KINDS = [...RECURRING_WINDOWS, 'fixed'] as const

/** The period for which a limit holds: it begins anew at local midnight, or is one period from `start` to `end`. */
export const BudgetWindow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(RECURRING_WINDOWS), timeZone: TimeZone.default('UTC') }),
  z
    .strictObject({ kind: z.literal('fixed'), timeZone: TimeZone.default('UTC'), start: Moment, end: Moment })
    .refine(({ start, end }) => Date.parse(start) < Date.parse(end), { message: 'end after start', path: ['end'] }),
])
export type BudgetWindow = z.infer<typeof BudgetWindow>

/**
 * What happens when a threshold is reached, mildest first: people are told; requests are paced; requests go to the
 * cheaper equivalent; requests are refused.
 */
export const BUDGET_ACTIONS = ['warn', 'throttle', 'downgrade', 'stop'] as const
export type BudgetAction = (typeof BUDGET_ACTIONS)[number]

/** What a request is matched by; null: not known of it. */
export interface BudgetSubject {
  readonly teamId: string | null
  readonly personId: string | null
  readonly keyId: string | null
  readonly agentId: string | null
  readonly modelId: string | null
  readonly providerId: string | null
  readonly workload: string | null
  readonly useCase: string | null
}

const FIELDS = {
  team: 'teamId',
  workload: 'workload',
  useCase: 'useCase',
  person: 'personId',
  key: 'keyId',
  agent: 'agentId',
  model: 'modelId',
  provider: 'providerId',
} as const satisfies Record<Exclude<BudgetScope, 'organization'>, keyof BudgetSubject>

/** What a request can be matched by, organization left out. */
export const BUDGET_SUBJECT_FIELDS = Object.values(FIELDS)

/** Whether a budget of this scope and target covers a request of its organization. */
export function covers(scope: BudgetScope, target: string | null, subject: BudgetSubject): boolean {
  return scope === 'organization' || (target !== null && subject[FIELDS[scope]] === target)
}
