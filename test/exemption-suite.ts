import { newId } from '#core/ids.ts'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { listApprovals } from '#lib/approvals/queries.ts'
import { ListApprovalsQuery } from '#lib/approvals/schema.ts'
import { requestExemption } from '#lib/exemptions/request-exemption.ts'
import type { ExemptionDetailDto } from '#lib/exemptions/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import type { TestOrganization } from './organization.ts'

/** Milliseconds from now, as inputs take a moment. */
export function inMs(ms: number): string {
  return new Date(Date.now() + ms).toISOString()
}

export const DAY_MS = 86_400_000

/** An input that is whole but for what an exemption is from. */
export function exemptionInput(org: TestOrganization, more: Record<string, unknown>): Record<string, unknown> {
  return {
    title: `Exemption ${newId()}`,
    subject: { kind: 'team', target: org.teamId },
    justification: 'Nothing else does it',
    risk: { method: 'qualitative', rating: 'medium', text: 'Known and watched' },
    endsAt: inMs(7 * DAY_MS),
    ...more,
  }
}

/** One who may approve exemptions, and asks for none. */
export function makeApprover(org: TestOrganization): Promise<Context> {
  return org.person(['approver'], { teamId: null })
}

/** Asks for an exemption as the organization's administrator, and has it approved. */
export async function grantExemption(
  org: TestOrganization,
  approver: Context,
  more: Record<string, unknown>,
): Promise<ExemptionDetailDto> {
  const asked = await requestExemption({ ctx: org.admin, input: exemptionInput(org, more) })
  await approveRequest({ ctx: approver, input: { id: asked.approvalId } })
  return asked
}

/** The requests about a record that wait. */
export async function waitingFor(ctx: Context, subjectId: string): Promise<string[]> {
  const { data } = await listApprovals(ctx, ListApprovalsQuery.parse({ view: 'all', state: 'pending' }))
  return data.filter(one => one.subjectHref?.endsWith(subjectId)).map(one => one.id)
}
