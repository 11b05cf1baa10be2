import { newId } from '#core/ids.ts'
import { freeSlug, slugOf } from '#core/slug.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { requireTerms } from './find-workload.ts'
import { keepVersion } from './keep-version.ts'
import { toWorkloadDto } from './queries.ts'
import { CreateWorkloadInput, type WorkloadDto } from './schema.ts'

const DAY_MS = 86_400_000

/**
 * Registers a workload in development, without a brief: it goes to production only when one is approved. Throws
 * `conflict` for a name that is registered already.
 */
export async function createWorkload({ ctx, input }: VerbArgs): Promise<WorkloadDto> {
  if (requirePermission(ctx, 'workloads.manage') !== 'organization') {
    throw new DomainError(
      'permission_denied',
      'Only who manages every workload registers one without a brief. Write a brief.',
    )
  }
  const { slug: given, reviewInDays, reason, ...asked } = parseInput(CreateWorkloadInput, input)
  return transact(ctx, async tx => {
    const terms = await requireTerms(tx, ctx, asked)
    const slug = await freeName(tx, ctx, given, terms.name)
    const after = await tx.workload.create({
      data: {
        id: newId(),
        organizationId: ctx.organizationId,
        slug,
        ...terms,
        reviewBy: new Date(Date.now() + reviewInDays * DAY_MS),
      },
    })
    await keepVersion(tx, ctx, { before: null, after, action: 'workload.registered', reason })
    return toWorkloadDto(tx, ctx, after)
  })
}

/** The name that callers will send: the one asked for, or one made of the workload's. Throws `conflict` when it is taken. */
export async function freeName(
  tx: Transaction,
  { organizationId }: Context,
  given: string | null,
  name: string,
): Promise<string> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('workload'), hashtext(${organizationId}))::text`
  const rows = await tx.workload.findMany({ where: { organizationId }, select: { slug: true } })
  const taken = new Set(rows.map(row => row.slug))
  if (given === null) return freeSlug(slugOf(name), taken)
  if (taken.has(given)) throw conflict(`There is a workload that callers name "${given}" already. Choose another name.`)
  return given
}
