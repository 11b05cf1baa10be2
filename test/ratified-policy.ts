import { approveRequest } from '#lib/approvals/decide-approval.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createPolicy } from '#lib/policies/create-policy.ts'
import { getPolicy } from '#lib/policies/queries.ts'
import { saveDraft } from '#lib/policies/save-draft.ts'
import type { PolicyDetailDto } from '#lib/policies/schema.ts'
import { submitPolicy } from '#lib/policies/submit-policy.ts'
import type { TestOrganization } from './organization.ts'

/** Who writes, reviews and ratifies policies in a test. */
export interface PolicyPeople {
  writer: Context
  legal: Context
  sponsor: Context
}

/** A policy writer, a lawyer and an executive of a test organization. */
export async function policyPeople(org: TestOrganization): Promise<PolicyPeople> {
  return {
    writer: await org.person(['security'], { teamId: null }),
    legal: await org.person(['legal'], { teamId: null }),
    sponsor: await org.person(['executive'], { teamId: null }),
  }
}

/** Approves what waits about a record, and gives its state afterwards. */
export async function approveWaiting(by: Context, subjectId: string): Promise<string> {
  const where = { subjectId, state: 'pending' }
  const { id } = await databases().system.approvalRequest.findFirstOrThrow({ where })
  return (await approveRequest({ ctx: by, input: { id } })).state
}

/** Takes a draft through legal review and ratification. */
export async function ratifyDraft(
  { writer, legal, sponsor }: PolicyPeople,
  id: string,
  { editorial = false }: { editorial?: boolean } = {},
): Promise<PolicyDetailDto> {
  await submitPolicy({ ctx: writer, input: { id, reason: 'It is needed', editorial } })
  await approveWaiting(legal, id)
  await approveWaiting(sponsor, id)
  return getPolicy(writer, id)
}

/** A policy whose first version is in force. */
export async function ratifiedPolicy(people: PolicyPeople, name: string): Promise<PolicyDetailDto> {
  const { id } = await createPolicy({ ctx: people.writer, input: { kind: 'acceptable_use', name } })
  return ratifyDraft(people, id)
}

/** Changes the draft of a policy by a sentence at its end. */
export async function changeDraft(ctx: Context, id: string, sentence: string): Promise<{ voided: number | null }> {
  const { draft } = await getPolicy(ctx, id)
  if (!draft) throw new Error('the draft is for those who write it')
  return saveDraft({ ctx, input: { id, text: `${draft.text}\n${sentence}\n`, revision: draft.revision } })
}
