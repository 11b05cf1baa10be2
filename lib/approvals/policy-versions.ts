import 'server-only'
import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { type NameOf, policyInWords } from '#core/approvals/policy-words.ts'
import { ROLES, type Role } from '#core/permissions.ts'
import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { DomainError, notFound } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { changesBetween } from '#lib/records/keep-version.ts'
import type { ApprovalPolicyVersionDto } from './dto.ts'
import { isKind, kindOf } from './kinds.ts'

/** Every version of how a kind is decided, newest first, each with what it changed; none while it is as it comes. */
export function listPolicyVersions(ctx: Context, id: string): Promise<ApprovalPolicyVersionDto[]> {
  requirePermission(ctx, 'approvals.read')
  if (scopeOf(ctx.actor, 'approvals.read') !== 'organization') {
    throw new DomainError('permission_denied', 'This needs approvals.read for the whole organization.')
  }
  if (!isKind(id)) throw notFound('kind of request')
  return read(ctx, async tx => {
    const rows = await tx.approvalPolicyVersion.findMany({
      where: { organizationId: ctx.organizationId, kind: id },
      orderBy: { version: 'asc' },
    })
    const nameOf = await namesOf(tx, ctx)
    let before = policyInWords(ApprovalPolicy.parse(kindOf(id).policy), nameOf)
    const versions = rows.map(row => {
      const policy = ApprovalPolicy.parse(row.policy)
      const after = policyInWords(policy, nameOf)
      const changes = changesBetween(before, after)
      before = after
      const { version, reason, authorName } = row
      return { id: row.id, version, policy, changes, reason, authorName, createdAt: row.createdAt.toISOString() }
    })
    return versions.reverse()
  })
}

/** Names of roles, and of the organization's people, active or not. */
async function namesOf(tx: Transaction, { organizationId }: Context): Promise<NameOf> {
  const people = await tx.person.findMany({ where: { organizationId }, select: { id: true, name: true } })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return id => ROLES[id as Role] ?? names.get(id) ?? id
}
