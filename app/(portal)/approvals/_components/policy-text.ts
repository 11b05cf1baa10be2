import type { ApprovalPolicy } from '#core/approvals/approval-policy.ts'

/** A step as its form holds it. */
export type StepText = {
  key: string
  name: string
  roles: string[]
  personIds: string[]
  teamLeads: boolean
  quorum: 'any' | 'all' | 'number'
  quorumNumber: string
  escalates: boolean
  escalateAfterHours: string
  escalateRoles: string[]
  escalatePersonIds: string[]
  escalateTeamLeads: boolean
}

export type PolicyText = { steps: StepText[]; expiresAfterHours: string; direct: boolean; reason: string }

export const EMPTY_STEP: StepText = {
  key: '',
  name: '',
  roles: [],
  personIds: [],
  teamLeads: false,
  quorum: 'any',
  quorumNumber: '2',
  escalates: false,
  escalateAfterHours: '24',
  escalateRoles: [],
  escalatePersonIds: [],
  escalateTeamLeads: false,
}

export function fromPolicy({ steps, expiresAfterHours, direct }: ApprovalPolicy): PolicyText {
  return {
    expiresAfterHours: String(expiresAfterHours),
    direct,
    reason: '',
    steps: steps.map((step, at) => ({
      ...EMPTY_STEP,
      ...step.approvers,
      key: String(at),
      name: step.name,
      quorum: typeof step.quorum === 'number' ? 'number' : step.quorum,
      quorumNumber: typeof step.quorum === 'number' ? String(step.quorum) : EMPTY_STEP.quorumNumber,
      escalates: step.escalateTo !== null,
      escalateAfterHours: String(step.escalateAfterHours ?? EMPTY_STEP.escalateAfterHours),
      escalateRoles: step.escalateTo?.roles ?? [],
      escalatePersonIds: step.escalateTo?.personIds ?? [],
      escalateTeamLeads: step.escalateTo?.teamLeads ?? false,
    })),
  }
}

/** What the verb reads; it says itself which field breaks a rule. */
export function toPolicy({ steps, expiresAfterHours, direct }: PolicyText): object {
  return {
    expiresAfterHours: toNumber(expiresAfterHours),
    direct,
    steps: steps.map(step => ({
      name: step.name,
      approvers: { roles: step.roles, personIds: step.personIds, teamLeads: step.teamLeads },
      quorum: step.quorum === 'number' ? toNumber(step.quorumNumber) : step.quorum,
      escalateAfterHours: step.escalates ? toNumber(step.escalateAfterHours) : null,
      escalateTo: step.escalates
        ? { roles: step.escalateRoles, personIds: step.escalatePersonIds, teamLeads: step.escalateTeamLeads }
        : null,
    })),
  }
}

function toNumber(text: string): number | string {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : text
}
