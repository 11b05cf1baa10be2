import { findCriterion } from '#core/maturity/criteria.ts'
import { type CriterionPart, LAYER_NAMES } from '#core/maturity/criterion.ts'
import type { PartResult } from '#core/maturity/evaluate.ts'
import { FACTS, type FactUnit } from '#core/maturity/facts.ts'
import type { MaturityAttestation } from '#prisma/generated/client.ts'
import type { AttestationDto, PartDto } from './schema.ts'

/** An attestation as it counts at a moment. */
export function attestationDto(row: MaturityAttestation, now: Date): AttestationDto {
  const stale = row.freshUntil <= now
  return {
    id: row.id,
    criterionId: row.criterionId,
    verdict: row.verdict as AttestationDto['verdict'],
    statement: row.statement,
    link: row.link,
    evidenceHash: row.evidenceHash,
    madeByName: row.madeByName,
    madeAt: row.madeAt.toISOString(),
    freshUntil: row.freshUntil.toISOString(),
    state: row.withdrawnAt ? 'withdrawn' : stale ? 'stale' : 'in_force',
    withdrawReason: row.withdrawReason,
  }
}

/** A part of a criterion with what was found, in words. */
export function partDto(criterionId: string, { part, state, observation, stale }: PartResult): PartDto {
  const common = { by: part.by, state, stale, value: observation?.value ?? null }
  if (part.by === 'fact') {
    const { label, unit, href } = FACTS[part.fact]
    return {
      ...common,
      text: label,
      observed: observedText(part, observation, unit),
      required: requiredText(part, unit),
      href,
    }
  }
  if (part.by === 'attestation') {
    const href = `/assure/maturity/${criterionId}`
    return { ...common, text: part.statement, observed: null, required: `attested within ${part.freshDays} days`, href }
  }
  const text = `Exit criteria of stage ${part.stage}, ${LAYER_NAMES[part.layer]}`
  return { ...common, text, observed: null, required: 'all met', href: `/assure/maturity?stage=${part.stage}` }
}

const WORDS = { '>=': 'at least ', '<=': 'at most ', '=': '' } as const

function requiredText(part: CriterionPart & { by: 'fact' }, unit: FactUnit): string {
  const text = `${WORDS[part.operator]}${amount(part.value, unit)}`
  return part.consecutive === undefined ? text : `${text} in each of the last ${part.consecutive} months`
}

function observedText(
  part: CriterionPart & { by: 'fact' },
  observation: PartResult['observation'],
  unit: FactUnit,
): string | null {
  if (!observation || observation.value === null) return null
  if (part.consecutive === undefined) return amount(observation.value, unit)
  const newest = (observation.periods ?? []).slice(0, part.consecutive)
  return newest.map(each => `${each.period}: ${amount(each.value, unit)}`).join(', ') || amount(0, unit)
}

function amount(value: number, unit: FactUnit): string {
  if (unit === 'share') return `${(Math.floor(value * 1_000) / 10).toLocaleString('en')} %`
  return unit === 'days' ? `${value.toLocaleString('en')} days` : value.toLocaleString('en')
}

/** What a criterion asks, for lists. */
export function textOf(criterionId: string): string {
  return findCriterion(criterionId)?.text ?? criterionId
}
