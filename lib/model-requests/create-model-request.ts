import { newId } from '#core/ids.ts'
import { checkOnlyFor, restrictedTo } from '#lib/models/model-terms.ts'
import { notify } from '#lib/notices/notify.ts'
import { peopleOfRoles } from '#lib/notices/recipients.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, invalid, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { requireTierNames } from '#lib/tiers/tier-name.ts'
import type { Model, ModelRequest } from '#prisma/generated/client.ts'
import { askForDecision } from './ask-for-decision.ts'
import { keepModelRequest, modelRequestDto, readBeside } from './request-record.ts'
import { CreateModelRequestInput, type ModelRequestDto } from './schema.ts'

/**
 * Asks for a model that the catalog does not have. At a provider of the organization it goes to those who decide at
 * once; for any other provider, somebody who manages the catalog reviews it first. Throws `conflict` when the catalog
 * has the model, or when it is asked for already.
 */
export async function createModelRequest({ ctx, input }: VerbArgs): Promise<ModelRequestDto> {
  requirePermission(ctx, 'models.request')
  const data = parseInput(CreateModelRequestInput, input)
  if (ctx.actor.id === null) throw new DomainError('permission_denied', 'A request needs somebody who asks.')
  return transact(ctx, async tx => {
    await checkNew(tx, ctx, data.identifier)
    await checkOnlyFor(tx, ctx, data.onlyFor)
    await checkTeam(tx, ctx, data.teamId)
    const providerName = await providerNameOf(tx, ctx, data)
    const tiers = await requireTierNames(tx, ctx, data.tiers)
    const { onlyFor, costUsdPerMonth, ...facts } = { ...data, tiers }
    const made = await tx.modelRequest.create({
      data: {
        ...facts,
        id: newId(),
        organizationId: ctx.organizationId,
        providerName,
        displayName: data.displayName || data.identifier,
        upstreamModel: data.upstreamModel || data.identifier,
        costNanoUsdPerMonth: costUsdPerMonth,
        ...restrictedTo(onlyFor),
        state: data.providerId ? 'awaiting_decision' : 'in_review',
        requesterId: ctx.actor.id,
        requesterName: ctx.actor.name,
        version: 1,
      },
    })
    await keepModelRequest(tx, ctx, { before: null, after: made, action: 'model_request.made', reason: data.purpose })
    const request = data.providerId ? await askForDecision(tx, ctx, made) : made
    if (!data.providerId) await callReviewers(tx, ctx, request)
    return modelRequestDto(request, await readBeside(tx, ctx, [request]))
  })
}

async function checkNew(tx: Transaction, { organizationId }: Context, identifier: string): Promise<void> {
  const names = { OR: [{ identifier }, { aliases: { has: identifier } }] }
  const model = await tx.model.findFirst({ where: { organizationId, ...names } })
  if (model) throw conflict(wordsOf(model))
  // Of two who ask at once, the second finds what the first has asked.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('model_request'), hashtext(${organizationId + identifier}))::text`
  const open = await tx.modelRequest.findFirst({
    where: { organizationId, identifier, state: { in: ['in_review', 'awaiting_decision'] } },
  })
  if (open) throw conflict(`${open.requesterName} has asked for ${identifier} already. It is not decided yet.`)
}

function wordsOf({ displayName, identifier, lifecycle }: Model): string {
  if (lifecycle === 'blocked') return `${displayName} is blocked. Ask Operations to bring it back before others decide.`
  if (lifecycle === 'proposed' || lifecycle === 'under_review') {
    return `${displayName} is in the catalog and waits for its approval. Operations can ask for it.`
  }
  return `The catalog has ${displayName} already. Call it as "${identifier}"; its page says for what it is approved.`
}

async function checkTeam(tx: Transaction, { organizationId }: Context, id: string | null): Promise<void> {
  if (id === null) return
  if ((await tx.team.count({ where: { id, organizationId, archivedAt: null } })) === 0) {
    throw invalid('teamId', 'This is no team of this organization.')
  }
}

async function providerNameOf(
  tx: Transaction,
  { organizationId }: Context,
  { providerId, providerName }: { providerId: string | null; providerName: string },
): Promise<string> {
  if (providerId === null) return providerName
  const provider = await tx.provider.findFirst({ where: { id: providerId, organizationId } })
  if (!provider) throw invalid('providerId', 'This is no provider of this organization.')
  return provider.name
}

async function callReviewers(tx: Transaction, ctx: Context, request: ModelRequest): Promise<void> {
  const people = await peopleOfRoles(tx, ctx.organizationId, ['operations', 'administrator'])
  await notify(tx, ctx, people, {
    kind: 'model_request_review',
    title: `${request.identifier} waits for a review`,
    detail: `${request.requesterName} asks for it at ${request.providerName}, which is no provider here yet.`,
    href: `/govern/catalog/requests/${request.id}`,
    dueAt: null,
    occasion: `model-request:${request.id}:review`,
  })
}
