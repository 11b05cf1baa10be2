import { mentionedIn } from '#core/mentions.ts'
import { notify } from '#lib/notices/notify.ts'
import type { Context, VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { type AnnotatedRecord, requireVisible, titleOfKind, visibleRecords } from './annotated-records.ts'
import { CommentOnRecordInput } from './schema.ts'
import { requireAuthor, writeAnnotation } from './write-annotation.ts'

/** Says something about a record that the caller may see. Whoever is mentioned, and may see it too, hears of it. */
export function commentOnRecord({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requireAuthor(ctx)
  const { recordKind: kind, recordId, text } = parseInput(CommentOnRecordInput, input)
  return transact(ctx, async tx => {
    const record = await requireVisible(tx, ctx, { kind, id: recordId })
    const said = { kind: 'comment', text }
    const { id } = await writeAnnotation(tx, ctx, record, { said, action: `${kind}.commented`, after: { text } })
    await notify(tx, ctx, await mentionedOf(tx, ctx, record, text), {
      kind: 'record_mention',
      occasion: `annotation:${id}`,
      title: `${ctx.actor.name} mentions you about the ${titleOfKind(kind)} ${record.name}`,
      detail: text,
      href: record.href,
    })
    return { id }
  })
}

/** Whom the text mentions, of those who may see the record: nobody else is told what was said about it. */
async function mentionedOf(tx: Transaction, ctx: Context, record: AnnotatedRecord, text: string): Promise<string[]> {
  if (!text.includes('@')) return []
  const people = await tx.person.findMany({
    where: { organizationId: ctx.organizationId, status: 'active' },
    select: { id: true, name: true, email: true, roles: true, memberships: { select: { teamId: true, kind: true } } },
  })
  const mentioned = new Set(mentionedIn(text, people))
  const told: string[] = []
  for (const { id, name, roles, memberships } of people) {
    if (!mentioned.has(id) || id === ctx.actor.id) continue
    const teamIds = memberships.map(({ teamId }) => teamId)
    const ledTeamIds = memberships.flatMap(({ teamId, kind }) => (kind === 'lead' ? [teamId] : []))
    const as: Context = { ...ctx, actor: { kind: 'person', id, name, roles, teamIds, ledTeamIds } }
    if ((await visibleRecords(tx, as, [record])).length > 0) told.push(id)
  }
  return told
}
