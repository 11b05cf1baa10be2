import type { Tone } from '#components/ui/badge.tsx'
import { STAGE_NAMES, type Stage } from '#core/maturity/criterion.ts'
import type { Answer, CriterionDto, MaturityDto, PartDto } from '#lib/maturity/schema.ts'

/** A criterion's state in a word, with its tone. */
export const STATES: Record<CriterionDto['state'], { label: string; tone: Tone }> = {
  met: { label: 'Met', tone: 'ok' },
  not_met: { label: 'Not met', tone: 'bad' },
  exempt: { label: 'Exempt', tone: 'info' },
  unknown: { label: 'Unknown', tone: 'neutral' },
}

export const ANSWER_LABELS: Record<Answer, string> = {
  yes: 'We meet it',
  partly: 'Partly',
  no: 'We do not',
  unsure: 'Not sure',
}

/** "Stage 2, Operational". */
export function stageName(stage: number): string {
  return `Stage ${stage}, ${STAGE_NAMES[stage as Stage]}`
}

/** Exit criteria of a stage, and how many of them let the organization go on. */
export function progressOf({ criteria }: Pick<MaturityDto, 'criteria'>, stage: number): { met: number; of: number } {
  const exits = criteria.filter(each => each.kind === 'exit' && each.stage === stage)
  return { met: exits.filter(each => each.state === 'met' || each.state === 'exempt').length, of: exits.length }
}

/** The answer of the page in a sentence. */
export function headline(maturity: MaturityDto): string {
  const { stage, advancement } = maturity
  const { met, of } = progressOf(maturity, stage)
  if (advancement) return `${stageName(stage)}: the board decides on stage ${stage + 1}`
  if (met < of) return `${stageName(stage)}: ${met} of ${of} exit criteria are met`
  if (stage === 3) return `${stageName(stage)}: all ${of} criteria hold`
  return `${stageName(stage)}: ready to ask the board for stage ${stage + 1}`
}

/** What a part asks, as it stands before a colon. */
export function askText({ text }: Pick<PartDto, 'text'>): string {
  return text.replace(/\.$/, '')
}

/** What was found of a part, beside what it takes: "2, at least 3 needed". */
export function foundText({ by, observed, required, state, stale }: PartDto): string {
  if (by === 'attestation') {
    if (stale) return 'attested too long ago'
    return state === 'unknown' ? 'not attested' : state === 'met' ? 'attested' : 'attested as not met'
  }
  if (by === 'criteria') return state === 'met' ? 'all met' : 'not all met'
  const found = observed ?? 'unknown'
  return state === 'met' ? found : `${found}, ${required} needed`
}
