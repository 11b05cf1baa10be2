import { newId } from '#core/ids.ts'
import { checkPolicy, whatIsMissing } from '#core/policies/completeness.ts'
import { policyKind } from '#core/policies/policy-kinds.ts'
import { textHash } from '#core/policies/text-hash.ts'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { Policy, PolicyVersion } from '#prisma/generated/client.ts'
import { snapshotOf } from './decision-snapshot.ts'
import { lockPolicy, openVersion, ratifiedVersion } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'
import { policyDto } from './policy-dto.ts'
import { policyReviewKind } from './policy-review-kind.ts'
import { type PolicyDto, SubmitPolicyInput } from './schema.ts'

/**
 * Makes a version of the draft and puts it before Legal. Throws `invalid_input` while a demanded section is missing, and
 * `conflict` while another version waits or when the draft is what is in force already.
 */
export async function submitPolicy({ ctx, input }: VerbArgs): Promise<PolicyDto> {
  requirePermission(ctx, 'policies.manage')
  const { id, reason, editorial } = parseInput(SubmitPolicyInput, input)
  return transact(ctx, async tx => {
    const before = await lockPolicy(tx, ctx, id)
    const open = await openVersion(tx, id)
    if (open) throw conflict(`Version ${open.number} waits for a decision already.`)
    const missing = whatIsMissing(checkPolicy(policyKind(before.kind), before.draft))
    if (missing.length > 0) throw invalid('text', `Before it can be reviewed, the draft needs ${missing.join(', ')}.`)
    const version = await makeVersion(tx, ctx, before, { reason, editorial })
    const text = `version ${version.number} made`
    const policy = await changePolicy(tx, ctx, before, {}, { action: 'policy.submitted', reason, text })
    await openApproval(tx, ctx, {
      kind: policyReviewKind,
      subjectId: id,
      title: `Review version ${version.number} of ${policy.name}`,
      reason,
      snapshot: await snapshotOf(tx, policy, version),
      risk: editorial ? 'low' : 'medium',
      rule: 'Policies are reviewed by Legal',
      excludedIds: [...before.draftAuthorIds, ...(policy.ownerId ? [policy.ownerId] : [])],
    })
    return policyDto(tx, ctx, policy)
  })
}

async function makeVersion(
  tx: Transaction,
  ctx: Context,
  policy: Policy,
  { reason, editorial }: { reason: string; editorial: boolean },
): Promise<PolicyVersion> {
  const { id: policyId, draft } = policy
  const sha256 = textHash(draft)
  const inForce = await ratifiedVersion(tx, policyId)
  if (inForce?.sha256 === sha256)
    throw conflict(`The draft is the text of version ${inForce.number}, which is in force.`)
  if (editorial && !inForce)
    throw invalid('editorial', 'The first version is never editorial: nobody has agreed to one yet.')
  const last = await tx.policyVersion.aggregate({ where: { policyId }, _max: { number: true } })
  const number = (last._max.number ?? 0) + 1
  return tx.policyVersion.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      ...{ policyId, number, text: draft, sha256, editorial, reason },
      asksFrom: editorial && inForce ? inForce.asksFrom : number,
      authorId: ctx.actor.id,
      authorName: ctx.actor.name,
    },
  })
}
