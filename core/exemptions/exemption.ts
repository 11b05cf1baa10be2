import { z } from 'zod'
import { NanoUsd } from '#core/money.ts'

/** What an exemption is from. Nothing enforces tool policies until agents call tools through the gateway. */
export const EXEMPTION_KINDS = ['model', 'tier', 'cost', 'guardrail', 'tool_policy'] as const
export type ExemptionKind = (typeof EXEMPTION_KINDS)[number]

/** The kinds that gateways act on. */
export const ENFORCED_KINDS = ['model', 'tier', 'cost', 'guardrail'] as const
export type EnforcedKind = (typeof ENFORCED_KINDS)[number]

/** Whose calls it is for. Workloads and use cases are names that callers send, so they hold for one team's keys only. */
export const EXEMPTION_SUBJECTS = ['team', 'person', 'key', 'workload', 'useCase'] as const
export type ExemptionSubjectKind = (typeof EXEMPTION_SUBJECTS)[number]
export const NAMED_SUBJECTS: readonly ExemptionSubjectKind[] = ['workload', 'useCase']

const Id = z.uuid()

/** What gateways run of an exemption, from its approval to its end. */
export const ExemptionDocument = z
  .strictObject({
    name: z.string(),
    kind: z.enum(ENFORCED_KINDS),
    subject: z.strictObject({
      kind: z.enum(EXEMPTION_SUBJECTS),
      /** Id of the record, or the name that callers send. */
      target: z.string().min(1),
      /** The team whose keys may name it; null for subjects that are records. */
      teamId: Id.nullable(),
    }),
    /** Models that may be called, or may see the tier. */
    modelIds: z.array(Id),
    /** Providers all of whose models may see the tier. */
    providerIds: z.array(Id),
    /** Budgets that do not refuse. */
    budgetIds: z.array(Id),
    /** Guardrails that count and do nothing. */
    guardrailIds: z.array(Id),
    /** The most sensitive tier that a request may have to be covered; null: as the kind says. */
    tier: z.string().nullable(),
    /** The most that its calls may cost in all. */
    spendCapNanoUsd: NanoUsd.nullable(),
    /** How many calls it may let on, and the budget that they are taken from. */
    callCap: z.strictObject({ budgetId: Id, calls: z.int().positive() }).nullable().default(null),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
  })
  .refine(({ kind, tier }) => kind !== 'tier' || tier !== null, 'an exemption from a tier names the tier')
  .refine(
    ({ subject }) => (subject.teamId !== null) === NAMED_SUBJECTS.includes(subject.kind),
    'a name holds for the keys of one team',
  )
  .refine(({ startsAt, endsAt }) => Date.parse(startsAt) < Date.parse(endsAt), 'it ends after it starts')
export type ExemptionDocument = z.infer<typeof ExemptionDocument>

/** An exemption with its moments in milliseconds since 1970. */
export interface ExemptionRecord {
  readonly id: string
  readonly document: ExemptionDocument
  readonly from: number
  /** The first moment at which it holds no more. */
  readonly until: number
}

/** What a request is matched by; null: not known of it. */
export interface ExemptionSubject {
  readonly teamId: string | null
  readonly personId: string | null
  readonly keyId: string | null
  readonly workload: string | null
  readonly useCase: string | null
}

export function exemptionRecord(id: string, document: ExemptionDocument): ExemptionRecord {
  return { id, document, from: Date.parse(document.startsAt), until: Date.parse(document.endsAt) }
}
