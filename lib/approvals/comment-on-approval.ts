import { newId } from '#core/ids.ts'
import { mentionedIn } from '#core/mentions.ts'
import { grantsOf } from '#core/role-grants.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import { decidersOf, readDeciders } from './deciders.ts'
import { findApproval } from './find-approval.ts'
import { CommentInput } from './schema.ts'
import { tell } from './tell.ts'

/**
 * Says or asks something about a request: a question reaches the requester, the requester's words the deciders, and
 * whoever is mentioned (`@` and a name) and may see the request hears of it.
 */
export function commentOnApproval({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'approvals.read')
  const { id, kind, text } = parseInput(CommentInput, input)
  const { actor } = ctx
  if (actor.id === null) throw new DomainError('permission_denied', 'A comment needs somebody who says it.')
  const authorId = actor.id
  return transact(ctx, async tx => {
    const request = await findApproval(tx, ctx, id)
    const { organizationId } = ctx
    const comment = await tx.approvalComment.create({
      data: { id: newId(), organizationId, requestId: id, authorId, authorName: actor.name, kind, text },
    })
    await audit(tx, ctx, {
      action: kind === 'question' ? 'approval.asked' : 'approval.commented',
      subject: { kind: 'approval', id, name: request.title },
      after: { text },
    })
    const isRequester = request.requesterId === authorId
    const deciders = request.state === 'pending' ? decidersOf(request, await readDeciders(tx, ctx.organizationId)) : []
    const to = isRequester ? deciders.map(({ personId }) => personId) : [request.requesterId]
    await tell(tx, ctx, request, to, {
      kind: 'approval_question',
      occasion: `said:${comment.id}`,
      title: `${actor.name} ${kind === 'question' ? 'asks about' : 'writes about'} ${request.title}`,
      detail: text,
    })
    const mentioned = await mentionedOf(tx, ctx, request, text)
    await tell(
      tx,
      ctx,
      request,
      mentioned.filter(person => person !== authorId && !to.includes(person)),
      {
        kind: 'approval_mention',
        occasion: `said:${comment.id}`,
        title: `${actor.name} mentions you about ${request.title}`,
        detail: text,
      },
    )
    return { id: comment.id }
  })
}

/** Whom the text mentions, of those who may see the request: nobody else is told what was said about it. */
async function mentionedOf(tx: Transaction, ctx: Context, request: ApprovalRequest, text: string): Promise<string[]> {
  if (!text.includes('@')) return []
  const people = await tx.person.findMany({
    where: { organizationId: ctx.organizationId, status: 'active' },
    select: { id: true, name: true, email: true, roles: true },
  })
  const deciders = decidersOf(request, await readDeciders(tx, ctx.organizationId)).map(({ personId }) => personId)
  const may = people.filter(
    ({ id, roles }) =>
      id === request.requesterId || deciders.includes(id) || grantsOf(roles)['approvals.read'] === 'organization',
  )
  return mentionedIn(text, may)
}
