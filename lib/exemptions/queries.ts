import { type Context, requirePermission } from '#lib/platform/context.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { exemptionKind } from './exemption-kind.ts'
import { exemptionNames } from './exemption-names.ts'
import { exemptionReach, findExemption } from './find-exemption.ts'
import { policyInForce } from './policy-in-force.ts'
import type {
  ExemptionDetailDto,
  ExemptionDto,
  ExemptionPolicyDto,
  ExemptionView,
  ListExemptionsQuery,
} from './schema.ts'
import { toDetailDto, toExemptionDto } from './to-exemption-dto.ts'
import { dailyUsage, usageOf } from './usage.ts'

const DUE_MS = 7 * 86_400_000

/** The register within the actor's reach: what is open, newest first, unless told otherwise. */
export function listExemptions(ctx: Context, query: ListExemptionsQuery): Promise<Page<ExemptionDto>> {
  const reach = exemptionReach(ctx)
  const now = Date.now()
  return read(ctx, async tx => {
    const rows = await tx.exemption.findMany({
      where: {
        AND: [
          reach,
          whereView(query.view, now),
          afterId(query.cursor),
          query.kind ? { kind: query.kind } : {},
          query.teamId ? { teamId: query.teamId } : {},
          query.search ? { title: { contains: query.search, mode: 'insensitive' } } : {},
        ],
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.id)
    const names = await exemptionNames(tx, page.data)
    const usage = await usageOf(
      tx,
      page.data.map(({ id }) => id),
    )
    return { ...page, data: page.data.map(row => toExemptionDto(row, names, usage.get(row.id), now)) }
  })
}

/** One exemption with what its calls did; throws `not_found` beyond the actor's reach. */
export function getExemption(ctx: Context, id: string): Promise<ExemptionDetailDto> {
  requirePermission(ctx, 'exemptions.read')
  return read(ctx, async tx => {
    const row = await findExemption(tx, ctx, id)
    const names = await exemptionNames(tx, [row])
    const usage = (await usageOf(tx, [id])).get(id)
    const pending = await tx.approvalRequest.findFirst({
      where: { organizationId: ctx.organizationId, kind: exemptionKind.id, subjectId: id, state: 'pending' },
      select: { id: true },
    })
    return toDetailDto(row, names, usage, await dailyUsage(tx, id), pending?.id ?? null)
  })
}

/** How long exemptions may last. */
export function getExemptionPolicy(ctx: Context): Promise<ExemptionPolicyDto> {
  requirePermission(ctx, 'exemptions.read')
  return read(ctx, tx => policyInForce(tx, ctx))
}

/** The rows of a view of the register. What is approved and past its end has expired, whatever a job has done. */
export function whereView(view: ExemptionView, now: number): Prisma.ExemptionWhereInput {
  const at = new Date(now)
  const running = { status: 'approved', endsAt: { gt: at } }
  switch (view) {
    case 'open':
      return { OR: [{ status: 'requested' }, running] }
    case 'overdue':
      return { ...running, attentionAt: { lte: at } }
    case 'due':
      return { status: 'approved', endsAt: { gt: at, lte: new Date(now + DUE_MS) } }
    case 'expired':
      return { OR: [{ status: 'expired' }, { status: 'approved', endsAt: { lte: at } }] }
    case 'revoked':
      return { status: { in: ['revoked', 'broken'] } }
    default:
      return {}
  }
}
