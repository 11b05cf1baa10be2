import { isId } from '#core/ids.ts'
import { readDeciders } from '#lib/approvals/deciders.ts'
import { findApproval, isDecider } from '#lib/approvals/find-approval.ts'
import { kindOf } from '#lib/approvals/kinds.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { conflict, DomainError, notFound } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { runChecks } from './run-checks.ts'
import type { CheckDto, FindingDto, PreviewDto } from './schema.ts'

/** Ends a trial: everything it did is undone. */
class Trial extends Error {
  readonly preview: PreviewDto
  constructor(preview: PreviewDto) {
    super('a trial is over')
    this.preview = preview
  }
}

/**
 * What a request that waits would do to consistency: it is carried out in a transaction that is always undone, with
 * every check before and after. Throws `not_found` for a request the caller may not see, `permission_denied` for one
 * who may neither decide it nor see inconsistencies, `conflict` for one that is decided already.
 */
export async function previewApproval(ctx: Context, id: string): Promise<PreviewDto> {
  requirePermission(ctx, 'approvals.read')
  if (!isId(id)) throw notFound('approval request')
  try {
    return await transact(ctx, async tx => {
      const request = await findApproval(tx, ctx, id)
      if (!isDecider(ctx, request, await readDeciders(tx, ctx.organizationId)))
        requirePermission(ctx, 'consistency.read')
      if (request.state !== 'pending') throw conflict('It is decided already: there is nothing left to try.')
      const before = await runChecks(tx, ctx)
      const acting: Context = { ...ctx, tx, actor: { kind: 'system', id: null, name: 'consistency preview' } }
      const refused = await tryOut(() => kindOf(request.kind).carryOut(tx, acting, request))
      const after = refused === null ? await runChecks(tx, ctx) : before
      throw new Trial({ refused, appears: added(before, after), disappears: added(after, before) })
    })
  } catch (error) {
    if (error instanceof Trial) return error.preview
    throw error
  }
}

async function tryOut(run: () => Promise<unknown>): Promise<string | null> {
  try {
    await run()
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}

/** What the second has and the first has not. */
function added(first: readonly CheckDto[], second: readonly CheckDto[]): (FindingDto & { check: string })[] {
  const flat = (checks: readonly CheckDto[]) =>
    checks.flatMap(({ title, findings }) => findings.map(finding => ({ ...finding, check: title })))
  const known = new Set(flat(first).map(({ subject, message }) => `${subject.id} ${message}`))
  return flat(second).filter(({ subject, message }) => !known.has(`${subject.id} ${message}`))
}
