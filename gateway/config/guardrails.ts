import { CONFIG_DOCUMENTS, type DataSourceDocument, type TierDocument } from '#core/contracts/config-documents.ts'
import { actsOn, type DetectorRule, highest, lowest } from '#core/guardrails/decide.ts'
import { compilePattern, type OrganizationPattern } from '#core/guardrails/organization-pattern.ts'
import type { PatternForm } from '#core/guardrails/pattern-form.ts'

const KINDS = ['tier', 'guardrail', 'detector', 'data_source'] as const
export type GuardrailKind = (typeof KINDS)[number]

/** A pattern as it goes to another thread. */
export interface NamedPattern {
  readonly slug: string
  readonly form: PatternForm
}

/** What inspection needs of an organization's rules, made once for every change of them. */
export interface InspectionPlan {
  /** Another number for every plan that was ever made here. */
  readonly version: number
  readonly tiers: readonly TierDocument[]
  readonly rules: ReadonlyMap<string, DetectorRule>
  /** The detectors that have a rule in force. */
  readonly wanted: ReadonlySet<string>
  readonly patterns: readonly OrganizationPattern[]
  readonly namedPatterns: readonly NamedPattern[]
  /** Some rule may block, mask or raise: what cannot be read must not pass. */
  readonly enforces: boolean
  /** The same for answers: no part of one may be sent before it was read. */
  readonly enforcesOnAnswers: boolean
}

let madePlans = 0

/** Tiers, rules and patterns of one organization. */
export class Guardrails {
  readonly #tiers = new Map<string, TierDocument>()
  readonly #rules = new Map<string, DetectorRule>()
  readonly #patterns = new Map<string, NamedPattern & { compiled: OrganizationPattern }>()
  readonly #sources = new Map<string, DataSourceDocument>()
  readonly #unreadable = new Set<string>()
  #plan: InspectionPlan | null = null

  /** Whether a rule, tier or pattern could not be read: what it would have refused is not known. */
  get broken(): boolean {
    return this.#unreadable.size > 0
  }

  get plan(): InspectionPlan {
    this.#plan ??= this.#makePlan()
    return this.#plan
  }

  get lowest(): TierDocument | null {
    return lowest(this.plan.tiers) as TierDocument | null
  }

  get highest(): TierDocument | null {
    return highest(this.plan.tiers) as TierDocument | null
  }

  /** A tier by its name in any case; null when the organization has none of that name. */
  tierNamed(name: string): TierDocument | null {
    const wanted = name.toLowerCase()
    return this.plan.tiers.find(tier => tier.name.toLowerCase() === wanted) ?? null
  }

  /** The data source of an id; undefined when it is not known here. */
  sourceOf(id: string): DataSourceDocument | undefined {
    return this.#sources.get(id)
  }

  /** The data source that callers name so; null when there is none. */
  sourceNamed(slug: string): DataSourceDocument | null {
    for (const source of this.#sources.values()) if (source.slug === slug) return source
    return null
  }

  /** The data sources that a workload uses. */
  sourcesOfWorkload(workload: string | null): DataSourceDocument[] {
    if (workload === null || this.#sources.size === 0) return []
    return [...this.#sources.values()].filter(source => source.workloads.includes(workload))
  }

  /** Puts a document in force. Throws when it is not of its shape. */
  put(kind: GuardrailKind, id: string, doc: unknown): void {
    if (kind === 'tier') this.#tiers.set(id, CONFIG_DOCUMENTS.tier.parse(doc))
    else if (kind === 'data_source') this.#sources.set(id, CONFIG_DOCUMENTS.data_source.parse(doc))
    else if (kind === 'guardrail') this.#rules.set(id, { id, ...CONFIG_DOCUMENTS.guardrail.parse(doc) })
    else {
      const { slug, pattern } = CONFIG_DOCUMENTS.detector.parse(doc)
      this.#patterns.set(id, { slug, form: pattern, compiled: compilePattern(slug, pattern) })
    }
  }

  remove(kind: GuardrailKind, id: string): void {
    this.#plan = null
    this.#unreadable.delete(`${kind} ${id}`)
    if (kind === 'tier') this.#tiers.delete(id)
    else if (kind === 'guardrail') this.#rules.delete(id)
    else if (kind === 'data_source') this.#sources.delete(id)
    else this.#patterns.delete(id)
  }

  markUnreadable(kind: GuardrailKind, id: string): void {
    this.#unreadable.add(`${kind} ${id}`)
  }

  #makePlan(): InspectionPlan {
    const enabled = [...this.#rules.values()].filter(rule => rule.enabled)
    const wanted = new Set(enabled.map(rule => rule.detector))
    const patterns = [...this.#patterns.values()].filter(({ compiled }) => wanted.has(compiled.id))
    return {
      version: ++madePlans,
      tiers: [...this.#tiers.values()].sort((a, b) => a.rank - b.rank),
      rules: new Map(enabled.map(rule => [rule.detector, rule])),
      wanted,
      patterns: patterns.map(({ compiled }) => compiled),
      namedPatterns: patterns.map(({ slug, form }) => ({ slug, form })),
      enforces: actsOn(enabled, 'request'),
      enforcesOnAnswers: actsOn(enabled, 'answer'),
    }
  }
}

export function isGuardrailKind(kind: string): kind is GuardrailKind {
  return (KINDS as readonly string[]).includes(kind)
}
