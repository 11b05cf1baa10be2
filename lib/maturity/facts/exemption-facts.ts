import { type FactSource, observed } from './fact-source.ts'

/** Exemptions that somebody has decided, whichever way. */
export const exemptionFacts: FactSource = async (tx, { organizationId }) => {
  const decided = { organizationId, kind: 'exemption', state: { in: ['approved', 'rejected'] } }
  return { 'exemptions.decided': observed(await tx.approvalRequest.count({ where: decided })) }
}
