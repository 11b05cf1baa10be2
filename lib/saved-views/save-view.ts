import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import type { VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { MAX_VIEWS, type SavedViewDto, SaveViewInput } from './schema.ts'

/** Keeps a table's filters, sort and columns under a name of one's own; a view of that name is replaced. */
export async function saveView({ ctx, input }: VerbArgs): Promise<SavedViewDto> {
  if (ctx.actor.kind !== 'person') throw new DomainError('permission_denied', 'Only a person has views of their own.')
  const { table, name, query } = parseInput(SaveViewInput, input)
  const personId = ctx.actor.id
  const { organizationId } = ctx
  return transact(ctx, async tx => {
    const views = await tx.savedView.findMany({ where: { organizationId, personId, table } })
    const before = views.find(view => view.name === name)
    if (!before && views.length >= MAX_VIEWS) throw conflict(`You have ${MAX_VIEWS} views here. Delete one first.`)
    const select = { id: true, table: true, name: true, query: true }
    const view = before
      ? await tx.savedView.update({ where: { id: before.id }, data: { query }, select })
      : await tx.savedView.create({ data: { id: newId(), organizationId, personId, table, name, query }, select })
    await audit(tx, ctx, {
      action: before ? 'saved_view.updated' : 'saved_view.created',
      subject: { kind: 'saved_view', id: view.id, name },
      ...(before ? { before: { query: before.query } } : {}),
      after: { table, query },
    })
    return view
  })
}
