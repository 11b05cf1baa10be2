import 'server-only'
import type { z } from 'zod'
import { CRITERIA } from '#core/maturity/criteria.ts'
import type { CriterionData } from '#core/maturity/criterion.ts'
import { nextMoves } from '#core/maturity/stage-of.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { decodeCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import { type Assessment, assess, statesOf } from './assess.ts'
import { criterionExemptionKind } from './criterion-exemption-kind.ts'
import { digestOf } from './digest.ts'
import { criterionOf, criterionRecordId } from './find-record.ts'
import type {
  Answer,
  CriterionDetailDto,
  CriterionDto,
  ListCriteriaQuery,
  MaturityDto,
  SelfAssessmentDto,
} from './schema.ts'
import { countAnswers, disagrees } from './self-assessment.ts'
import { stageAdvancementKind } from './stage-advancement-kind.ts'
import { attestationDto, partDto } from './to-dto.ts'

type Counts = Omit<SelfAssessmentDto, 'disagrees'>

/** Every criterion as it stands now, with what was found, the stage, and what would move it first. */
export function getMaturity(ctx: Context): Promise<MaturityDto> {
  requirePermission(ctx, 'maturity.read')
  return read(ctx, async tx => {
    const assessment = await assess(tx, ctx)
    const counts = await countAnswers(tx, ctx)
    const waiting = await tx.approvalRequest.findFirst({
      where: { organizationId: ctx.organizationId, kind: stageAdvancementKind.id, state: 'pending' },
      select: { id: true },
    })
    const { stage, since, results, now } = assessment
    return {
      stage,
      since: since?.toISOString() ?? null,
      asOf: now.toISOString(),
      digest: digestOf(stage, statesOf(assessment)),
      criteria: CRITERIA.map(criterion => criterionDto(criterion, assessment, counts.get(criterion.id))),
      nextMoves: nextMoves(stage, results).map(({ id }) => id),
      advancement: waiting ? { approvalId: waiting.id } : null,
    }
  })
}

/** Criteria in their order, as they stand now; filtered by stage, layer, kind and state. */
export async function listCriteria(
  ctx: Context,
  query: z.output<typeof ListCriteriaQuery>,
): Promise<Page<CriterionDto>> {
  const { criteria } = await getMaturity(ctx)
  const { stage, layer, kind, state, limit } = query
  const after = query.cursor ? decodeCursor(query.cursor, /^S\d\.L\d\.[EX]\d$/) : null
  const start = after === null ? 0 : criteria.findIndex(({ id }) => id === after) + 1
  const matching = criteria
    .slice(start)
    .filter(each => stage === undefined || each.stage === stage)
    .filter(each => layer === undefined || each.layer === layer)
    .filter(each => kind === undefined || each.kind === kind)
    .filter(each => state === undefined || each.state === state)
  return toPage(matching.slice(0, limit + 1), limit, ({ id }) => id)
}

/** One criterion with every attestation and what each person believes; throws `not_found` when there is none. */
export function getCriterion(ctx: Context, id: string): Promise<CriterionDetailDto> {
  requirePermission(ctx, 'maturity.read')
  const criterion = criterionOf(id)
  const { organizationId } = ctx
  return read(ctx, async tx => {
    const assessment = await assess(tx, ctx)
    const counts = await countAnswers(tx, ctx)
    const rows = await tx.maturityAttestation.findMany({
      where: { organizationId, criterionId: id },
      orderBy: { madeAt: 'desc' },
      take: 100,
    })
    const answers = await tx.maturityAnswer.findMany({
      where: { organizationId, criterionId: id },
      orderBy: { answeredAt: 'desc' },
      take: 200,
    })
    const people = await tx.person.findMany({
      where: { organizationId, id: { in: answers.map(({ personId }) => personId) } },
      select: { id: true, name: true },
    })
    const names = new Map(people.map(person => [person.id, person.name]))
    const waiting = await tx.approvalRequest.findFirst({
      where: {
        organizationId,
        kind: criterionExemptionKind.id,
        subjectId: criterionRecordId(organizationId, id),
        state: 'pending',
      },
      select: { id: true },
    })
    return {
      ...criterionDto(criterion, assessment, counts.get(id)),
      attestations: rows.map(row => attestationDto(row, assessment.now)),
      answers: answers.map(({ personId, answer, note, answeredAt }) => ({
        personName: names.get(personId) ?? 'Somebody who left',
        answer: answer as Answer,
        note,
        answeredAt: answeredAt.toISOString(),
      })),
      exemptionRequest: waiting ? { approvalId: waiting.id } : null,
    }
  })
}

/** The answers of the viewer by criterion; none for a caller that is no person. */
export function ownAnswers(ctx: Context): Promise<Map<string, { answer: Answer; note: string }>> {
  requirePermission(ctx, 'maturity.read')
  const { actor, organizationId } = ctx
  if (actor.kind !== 'person') return Promise.resolve(new Map())
  return read(ctx, async tx => {
    const rows = await tx.maturityAnswer.findMany({ where: { organizationId, personId: actor.id } })
    return new Map(rows.map(({ criterionId, answer, note }) => [criterionId, { answer: answer as Answer, note }]))
  })
}

function criterionDto(criterion: CriterionData, assessment: Assessment, counts: Counts | undefined): CriterionDto {
  const { id, stage, layer, kind, text, next } = criterion
  const result = assessment.results.get(id)
  if (!result) throw new Error(`${id} was not assessed`)
  const evidence = assessment.attestations.find(each => each.criterionId === id)
  const { state, progress } = result
  return {
    ...{ id, stage, layer, kind, text, state, progress, next },
    parts: result.parts.map(part => partDto(id, part)),
    evidence: evidence ? attestationDto(evidence, assessment.now) : null,
    selfAssessment: counts ? { ...counts, disagrees: disagrees(counts, state) } : null,
  }
}
