'use server'

import { action } from '#lib/platform/action.ts'
import { answerSelfAssessment } from './answer-self-assessment.ts'
import { attestCriterion } from './attest-criterion.ts'
import { requestAdvancement } from './request-advancement.ts'
import { requestExemption } from './request-exemption.ts'
import { withdrawAttestation } from './withdraw-attestation.ts'

export const attestCriterionAction = action(attestCriterion)
export const withdrawAttestationAction = action(withdrawAttestation)
export const answerSelfAssessmentAction = action(answerSelfAssessment)
export const requestAdvancementAction = action(requestAdvancement)
export const requestExemptionAction = action(requestExemption)
