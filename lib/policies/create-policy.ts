import { newId } from '#core/ids.ts'
import { POLICY_TEMPLATES } from '#core/policies/templates.ts'
import type { Context } from '#lib/platform/context.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { keepPolicy } from './keep-policy.ts'
import { policyDto } from './policy-dto.ts'
import { CreatePolicyInput, type PolicyDto } from './schema.ts'

/** Begins a policy: a draft, from the template of its kind unless a text is given. It binds nobody until it is ratified. */
export async function createPolicy({ ctx, input }: VerbArgs): Promise<PolicyDto> {
  requirePermission(ctx, 'policies.manage')
  const { kind, name, ownerId, text, reviewEveryDays } = parseInput(CreatePolicyInput, input)
  return transact(ctx, async tx => {
    await requireOwner(tx, ctx, ownerId)
    await requireName(tx, ctx, name)
    const policy = await tx.policy.create({
      data: {
        id: newId(),
        organizationId: ctx.organizationId,
        ...{ kind, name, ownerId, reviewEveryDays },
        draft: text ?? POLICY_TEMPLATES[kind],
        draftAuthorName: ctx.actor.name,
        draftAuthorIds: ctx.actor.id === null ? [] : [ctx.actor.id],
      },
    })
    await keepPolicy(tx, ctx, null, policy, { action: 'policy.drafted', reason: '' })
    return policyDto(tx, ctx, policy)
  })
}

/** Throws `invalid_input` unless the owner is an active person of the organization. */
export async function requireOwner(tx: Transaction, ctx: Context, ownerId: string | null | undefined): Promise<void> {
  if (!ownerId) return
  const where = { id: ownerId, organizationId: ctx.organizationId, status: 'active' as const }
  if ((await tx.person.count({ where })) === 0) throw invalid('ownerId', 'The owner is nobody of this organization.')
}

/** Throws `conflict` when another policy has the name. */
export async function requireName(tx: Transaction, ctx: Context, name: string, except?: string): Promise<void> {
  const namesake = await tx.policy.findFirst({ where: { organizationId: ctx.organizationId, name } })
  if (namesake && namesake.id !== except) throw conflict(`There is a policy named ${name} already.`)
}
