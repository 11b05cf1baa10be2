import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { criterionOf } from './find-record.ts'
import { type AttestationDto, AttestInput } from './schema.ts'
import { attestationDto } from './to-dto.ts'
import { writeAttestation } from './write-attestation.ts'

/**
 * Says of a criterion what no record can show, with evidence, for as long as such a word stays fresh. Throws
 * `invalid_input` for a criterion that is computed from records alone: those are changed, not talked about.
 */
export async function attestCriterion({ ctx, input }: VerbArgs): Promise<AttestationDto> {
  requirePermission(ctx, 'maturity.attest')
  const said = parseInput(AttestInput, input)
  const attested = criterionOf(said.criterionId).parts.find(part => part.by === 'attestation')
  if (!attested) {
    throw invalid('criterionId', `${said.criterionId} is computed from records. Change those and it changes by itself.`)
  }
  const { freshDays } = attested
  return transact(ctx, async tx => attestationDto(await writeAttestation(tx, ctx, { ...said, freshDays }), new Date()))
}
