import type { OnlyFor } from '#core/catalog/only-for.ts'
import { isCallableStage, type TermsOfUse, widenings } from '#core/catalog/terms-of-use.ts'
import { policyInForce } from '#lib/approvals/policy-in-force.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { DomainError, invalid } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Model } from '#prisma/generated/client.ts'
import { MODEL_LIFECYCLE_KIND, modelLifecyclePolicy } from './model-lifecycle-policy.ts'

type Restricted = Pick<Model, 'onlyForUseCases' | 'onlyForTeamIds' | 'onlyForWorkloads'>

/** Whom a record is for, as the gateways read it. */
export function onlyForOf({ onlyForUseCases, onlyForTeamIds, onlyForWorkloads }: Restricted): OnlyFor {
  return { useCases: onlyForUseCases, teamIds: onlyForTeamIds, workloads: onlyForWorkloads }
}

/** The same as the columns of a record. */
export function restrictedTo({ useCases, teamIds, workloads }: OnlyFor): Restricted {
  return { onlyForUseCases: useCases, onlyForTeamIds: teamIds, onlyForWorkloads: workloads }
}

/** What may be done with a model. */
export function termsOf(model: Model): TermsOfUse {
  const { lifecycle, sunsetAt, tiers } = model
  return { lifecycle, sunsetAt: sunsetAt?.toISOString() ?? null, tiers, onlyFor: onlyForOf(model) }
}

/**
 * Whether the actor may let more be done with a model without asking: with `models.approve`, as long as the approval
 * policy for the lifecycle of models leaves a direct way.
 */
export async function mayWiden(tx: Transaction, ctx: Context): Promise<boolean> {
  if (ctx.actor.kind === 'system') return true
  if (scopeOf(ctx.actor, 'models.approve') === null) return false
  const kind = { id: MODEL_LIFECYCLE_KIND, policy: modelLifecyclePolicy }
  return (await policyInForce(tx, ctx.organizationId, kind)).policy.direct
}

/** Throws `permission_denied`, with the way out, when new terms let more be done and the actor may not decide that alone. */
export async function requireWidening(
  tx: Transaction,
  ctx: Context,
  before: TermsOfUse,
  after: TermsOfUse,
): Promise<void> {
  const words = widenings(before, after)
  if (words.length === 0 || (await mayWiden(tx, ctx))) return
  const what = new Intl.ListFormat('en').format(words)
  const way = 'Ask for it on the model’s page, or by POST /api/v1/models/{id}/lifecycle-requests.'
  throw new DomainError('permission_denied', `Others have to approve that ${what}. ${way}`)
}

/** Throws `permission_denied` for a new model that could be called at once, unless the actor may decide that alone. */
export async function requireNewModel(tx: Transaction, ctx: Context, lifecycle: Model['lifecycle']): Promise<void> {
  if (!isCallableStage(lifecycle) || (await mayWiden(tx, ctx))) return
  const way = 'Add it with the lifecycle "proposed" and ask for its approval, or send a model request.'
  throw new DomainError('permission_denied', `Others have to approve that a model can be called. ${way}`)
}

/** Throws `invalid_input` for a team that is not one of the organization. */
export async function checkOnlyFor(tx: Transaction, ctx: Context, { teamIds }: OnlyFor): Promise<void> {
  if (teamIds.length === 0) return
  const known = await tx.team.count({ where: { id: { in: teamIds }, organizationId: ctx.organizationId } })
  if (known !== teamIds.length) throw invalid('onlyFor.teamIds', 'One of these teams is not one of this organization.')
}

/** Throws `invalid_input` for an owner who is not of the organization. */
export async function checkOwner(tx: Transaction, ctx: Context, ownerId: string | null | undefined): Promise<void> {
  if (!ownerId) return
  const known = await tx.person.count({ where: { id: ownerId, organizationId: ctx.organizationId } })
  if (known === 0) throw invalid('ownerId', 'The owner is nobody of this organization.')
}
