import type { Approvers } from '#core/approvals/approval-policy.ts'
import { newId } from '#core/ids.ts'
import { isRole } from '#core/permissions.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { ApprovalPolicyDto } from './dto.ts'
import { isKind, kindOf } from './kinds.ts'
import { policyInForce } from './policy-in-force.ts'
import { SetPolicyInput } from './schema.ts'

/** Keeps a new version of how requests of a kind are decided. Requests that wait keep the one they were made under. */
export function setPolicy({ ctx, input }: VerbArgs): Promise<ApprovalPolicyDto> {
  requirePermission(ctx, 'approvals.manage')
  const { kind: id, policy, reason } = parseInput(SetPolicyInput, input)
  if (!isKind(id)) throw notFound('kind of request')
  const kind = kindOf(id)
  return transact(ctx, async tx => {
    for (const step of policy.steps) {
      await checkApprovers(tx, ctx, step.approvers)
      if (step.escalateTo) await checkApprovers(tx, ctx, step.escalateTo)
    }
    // Two who change it at once do so one after the other.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('approval_policy'), hashtext(${ctx.organizationId + id}))::text`
    const before = await policyInForce(tx, ctx.organizationId, kind)
    const author = { authorId: ctx.actor.id, authorName: ctx.actor.name }
    const version = before.version + 1
    const { organizationId } = ctx
    const kept = await tx.approvalPolicyVersion.create({
      data: { id: newId(), organizationId, kind: id, version, policy, reason, ...author },
    })
    await audit(tx, ctx, {
      action: 'approval_policy.changed',
      subject: { kind: 'approval_policy', id: kept.id, name: kind.title },
      before: before.policy,
      after: policy,
      reason,
    })
    await announce(tx, ctx, 'approvals')
    const { authorName, createdAt } = kept
    const directWay = kind.directWay ?? null
    const made = { version, policy, directWay, reason, authorName, createdAt: createdAt.toISOString() }
    return { kind: id, kindTitle: kind.title, ...made }
  })
}

async function checkApprovers(
  tx: Transaction,
  { organizationId }: Context,
  { roles, personIds }: Approvers,
): Promise<void> {
  const unknown = roles.find(role => !isRole(role))
  if (unknown) throw invalid('policy.steps', `There is no role "${unknown}".`)
  const known = await tx.person.count({ where: { organizationId, id: { in: personIds }, status: 'active' } })
  if (known !== new Set(personIds).size) throw invalid('policy.steps', 'One of the persons named is not here any more.')
}
