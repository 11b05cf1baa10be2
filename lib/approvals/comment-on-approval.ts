import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { decidersOf, readDeciders } from './deciders.ts'
import { findApproval } from './find-approval.ts'
import { CommentInput } from './schema.ts'
import { tell } from './tell.ts'

/** Says or asks something about a request; a question reaches the requester, the requester's words the deciders. */
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
    return { id: comment.id }
  })
}
