import { findCriterion } from '#core/maturity/criteria.ts'
import type { CriterionData } from '#core/maturity/criterion.ts'
import { sha256 } from '#core/secrets.ts'
import { notFound } from '#lib/platform/errors.ts'

/** The criterion of this id; throws `not_found` when there is none. */
export function criterionOf(id: string): CriterionData {
  const criterion = findCriterion(id)
  if (!criterion) throw notFound('criterion')
  return criterion
}

/** What requests about a criterion name as their subject: the same id each time (UUIDv8, RFC 9562, from a SHA-256). */
export function criterionRecordId(organizationId: string, criterionId: string): string {
  const hex = sha256(`maturity criterion ${organizationId} ${criterionId}`).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
