import { newId } from '#core/ids.ts'
import { formatUsd } from '#core/money.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { updateBudget } from '#lib/budgets/update-budget.ts'
import { OrganizationSettings } from '#lib/organizations/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { createRoute } from '#lib/routes/create-route.ts'
import { updateRoute } from '#lib/routes/update-route.ts'
import type { Workload } from '#prisma/generated/client.ts'
import { requireTerms } from './find-workload.ts'
import { keepVersion } from './keep-version.ts'
import { REVIEW_DAYS, type WorkloadTerms } from './schema.ts'

const DAY_MS = 86_400_000
/** The first model is preferred and the others follow in their order. */
const IN_ORDER = { cost: 0, latency: 0, errors: 0, capability: 0, preference: 100 }

/** What an approved brief makes of a workload. */
export interface AppliedBrief {
  readonly briefId: string
  /** The registered workload that it is about; null: a new one. */
  readonly workloadId: string | null
  readonly slug: string
  readonly terms: Omit<WorkloadTerms, 'briefId'>
  /** Nano-US-dollars. */
  readonly monthlyLimit: bigint
  readonly reason: string
}

/**
 * Does what a brief was approved for, in the caller's transaction: the workload with its terms, a monthly budget and a
 * route for its calls. Called by the approval of briefs alone, with a context that may do all of it.
 */
export async function applyBrief(tx: Transaction, ctx: Context, brief: AppliedBrief): Promise<Workload> {
  const { workloadId, briefId, slug, reason } = brief
  const terms = await requireTerms(tx, ctx, brief.terms)
  const before = workloadId === null ? null : await lockWorkload(tx, ctx, workloadId)
  const data = { ...terms, briefId }
  const after = before
    ? await tx.workload.update({
        where: { id: before.id },
        data: { ...data, version: before.version + 1, updatedAt: new Date() },
      })
    : await tx.workload.create({
        data: {
          id: newId(),
          organizationId: ctx.organizationId,
          slug,
          ...data,
          reviewBy: new Date(Date.now() + REVIEW_DAYS * DAY_MS),
        },
      })
  const action = before ? 'workload.changed' : 'workload.registered'
  await keepVersion(tx, ctx, { before, after, action, reason })
  await setBudget(tx, ctx, after, brief)
  await setRoute(tx, ctx, after, reason)
  return after
}

async function lockWorkload(tx: Transaction, { organizationId }: Context, id: string): Promise<Workload> {
  await tx.$queryRaw`select 1 from workloads where id = ${id}::uuid for update`
  const workload = await tx.workload.findFirst({ where: { id, organizationId } })
  if (!workload || workload.lifecycle === 'decommissioned') {
    throw conflict('The workload of this brief is decommissioned. Write a brief for a new one.')
  }
  return workload
}

async function setBudget(
  tx: Transaction,
  ctx: Context,
  { slug, name }: Workload,
  { monthlyLimit, reason }: AppliedBrief,
): Promise<void> {
  const inner = { ...ctx, tx }
  const limitUsd = formatUsd(monthlyLimit)
  const { organizationId } = ctx
  const budgets = await tx.budget.findMany({
    where: { organizationId, scope: 'workload', target: slug, archivedAt: null },
    orderBy: { id: 'asc' },
  })
  const monthly = budgets.find(({ window }) => (window as { kind?: string }).kind === 'month')
  if (monthly) {
    await updateBudget({ ctx: inner, input: { id: monthly.id, limitUsd, reason } })
    return
  }
  const organization = await tx.organization.findUnique({ where: { id: organizationId } })
  const { timezone: timeZone } = OrganizationSettings.parse(organization?.settings ?? {})
  const window = { kind: 'month', timeZone }
  await createBudget({ ctx: inner, input: { name, scope: 'workload', target: slug, window, limitUsd, reason } })
}

async function setRoute(tx: Transaction, ctx: Context, workload: Workload, reason: string): Promise<void> {
  const { slug, name, modelIds } = workload
  const inner = { ...ctx, tx }
  const own = await tx.route.findFirst({
    where: { organizationId: ctx.organizationId, scope: 'workload', target: slug, archivedAt: null },
    orderBy: { id: 'asc' },
  })
  const choice = { modelIds, objective: 'balanced', weights: IN_ORDER, reason }
  if (own) await updateRoute({ ctx: inner, input: { id: own.id, ...choice } })
  else await createRoute({ ctx: inner, input: { name, scope: 'workload', target: slug, ...choice } })
}
