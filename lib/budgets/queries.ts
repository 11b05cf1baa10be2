import type { z } from 'zod'
import { forecastBudget } from '#core/budgets/forecast.ts'
import { dayText, localDayOf } from '#core/budgets/local-day.ts'
import { actionAt } from '#core/budgets/threshold.ts'
import { periodAt } from '#core/budgets/window.ts'
import { isId } from '#core/ids.ts'
import { formatUsd } from '#core/money.ts'
import { type Context, ownedBy } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterName, nameCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { Budget } from '#prisma/generated/client.ts'
import { readBudget } from './budget-record.ts'
import { type Consumption, consumptionOf, type DailyCost, spendersOf } from './consumption.ts'
import type { BudgetDetailDto, BudgetDto, ListBudgetsQuery } from './schema.ts'
import { targetNames } from './target-names.ts'

/** Budgets within the actor's reach, by name. */
export function listBudgets(ctx: Context, query: z.output<typeof ListBudgetsQuery>): Promise<Page<BudgetDto>> {
  const reach = ownedBy(ctx, 'budgets.read')
  return read(ctx, async tx => {
    const rows = await tx.budget.findMany({
      where: {
        AND: [reach, afterName(query.cursor)],
        organizationId: ctx.organizationId,
        keyId: null,
        exemptionId: null,
        ...(query.state === 'all' ? {} : { archivedAt: query.state === 'active' ? null : { not: null } }),
        ...(query.scope ? { scope: query.scope } : {}),
        ...(query.teamId ? { teamId: query.teamId } : {}),
        ...(query.search ? { name: { contains: query.search, mode: 'insensitive' as const } } : {}),
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, nameCursor)
    return { ...page, data: await toDtos(tx, page.data, Date.now()) }
  })
}

/** One budget with its course and who spends it; throws `not_found` beyond the actor's reach. */
export function getBudget(ctx: Context, id: string): Promise<BudgetDetailDto> {
  const reach = ownedBy(ctx, 'budgets.read')
  return read(ctx, async tx => {
    const where = { AND: [reach, { id, organizationId: ctx.organizationId, keyId: null, exemptionId: null }] }
    const budget = isId(id) ? await tx.budget.findFirst({ where }) : null
    if (!budget) throw notFound('budget')
    const now = Date.now()
    const { window } = readBudget(budget)
    const period = periodAt(window, now)
    const consumption = await consumptionOf(tx, [budget], now)
    const mine = consumption.get(budget.id)
    const names = await targetNames(tx, [budget])
    const first = period ? dayText(localDayOf(period.start, window.timeZone)) : '9999'
    const spenders = await spendersOf(tx, budget, period)
    return {
      ...toDto(budget, mine, names, now),
      daily: (mine?.daily ?? []).filter(({ day }) => day >= first).map(toDailyDto),
      forecast: forecastOf(budget, mine, now).points.map(({ day, value, low, high }) => ({
        day,
        valueUsd: formatUsd(value),
        lowUsd: formatUsd(low),
        highUsd: formatUsd(high),
      })),
      ...spenders,
    }
  })
}

/** A budget as it stands, with what is spent of it. */
export async function toBudgetDto(tx: Transaction, budget: Budget): Promise<BudgetDto> {
  const [dto] = await toDtos(tx, [budget], Date.now())
  if (!dto) throw new Error('one budget makes one answer')
  return dto
}

async function toDtos(tx: Transaction, budgets: Budget[], now: number): Promise<BudgetDto[]> {
  const consumption = await consumptionOf(tx, budgets, now)
  const names = await targetNames(tx, budgets)
  return budgets.map(budget => toDto(budget, consumption.get(budget.id), names, now))
}

function toDto(
  budget: Budget,
  consumption: Consumption | undefined,
  names: ReadonlyMap<string, string>,
  now: number,
): BudgetDto {
  const { scope, window, thresholds } = readBudget(budget)
  const period = periodAt(window, now)
  const spent = consumption?.spentNanoUsd ?? 0n
  const { totalNanoUsd, exhaustedAt } = forecastOf(budget, consumption, now)
  const remaining = budget.limitNanoUsd - spent
  return {
    id: budget.id,
    name: budget.name,
    scope,
    target: budget.target,
    targetName: budget.target === null ? null : (names.get(budget.target) ?? budget.target),
    teamId: budget.teamId,
    window,
    limitUsd: formatUsd(budget.limitNanoUsd),
    thresholds: thresholds.map(({ atNanoUsd, percent, action }) => ({ atUsd: formatUsd(atNanoUsd), percent, action })),
    stopUsd: budget.stopNanoUsd === null ? null : formatUsd(budget.stopNanoUsd),
    version: budget.version,
    createdAt: budget.createdAt.toISOString(),
    updatedAt: budget.updatedAt.toISOString(),
    archivedAt: budget.archivedAt?.toISOString() ?? null,
    period: period && { start: new Date(period.start).toISOString(), end: new Date(period.end).toISOString() },
    spentUsd: formatUsd(spent),
    leasedUsd: formatUsd(consumption?.leasedNanoUsd ?? 0n),
    remainingUsd: formatUsd(remaining > 0n ? remaining : 0n),
    action: actionAt(thresholds, spent),
    forecastUsd: totalNanoUsd === null ? null : formatUsd(totalNanoUsd),
    exhaustedAt: exhaustedAt === null ? null : new Date(exhaustedAt).toISOString(),
    asOf: new Date(now).toISOString(),
  }
}

function forecastOf(budget: Budget, consumption: Consumption | undefined, now: number) {
  const { window } = readBudget(budget)
  const period = periodAt(window, now)
  if (!period || !consumption || budget.archivedAt) return { totalNanoUsd: null, exhaustedAt: null, points: [] }
  return forecastBudget({
    history: consumption.daily,
    spentNanoUsd: consumption.spentNanoUsd,
    stopNanoUsd: budget.stopNanoUsd,
    period,
    timeZone: window.timeZone,
    now,
  })
}

function toDailyDto({ day, costNanoUsd }: DailyCost) {
  return { day, costUsd: formatUsd(costNanoUsd) }
}
