import 'server-only'
import { z } from 'zod'
import type { Context } from '#lib/platform/context.ts'
import { sql } from '#lib/platform/sql.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { usageWhere } from '#lib/usage/rollup-sql.ts'
import { findModel } from './find-model.ts'
import { substitutesOf } from './model-dto.ts'

const DAY_MS = 86_400_000
const DAYS = 30
const MOST = 200

const Count = z.int().nonnegative()

/** Who called a model in the last thirty days, within the caller's reach. */
export const ModelUseDto = z.strictObject({
  days: z.int(),
  requests: Count,
  keys: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      teamId: z.uuid(),
      teamName: z.string(),
      /** Null: the team's. */
      holder: z.string().nullable(),
      requests: Count,
      lastAt: z.iso.datetime(),
      /** It may call none of the models that stand in: another key is needed before this one can change. */
      bound: z.boolean(),
    }),
  ),
  teams: z.array(z.strictObject({ id: z.uuid(), name: z.string(), requests: Count })),
  workloads: z.array(z.strictObject({ name: z.string(), requests: Count })),
})
export type ModelUseDto = z.infer<typeof ModelUseDto>

interface UseRow {
  keyId: string
  teamId: string
  workload: string | null
  requests: number
  lastAt: Date
}

/** Who uses a model: keys, teams and workloads with how often; throws `not_found` for an unknown model. */
export function modelUse(ctx: Context, id: string): Promise<ModelUseDto> {
  const to = new Date()
  const where = usageWhere(ctx, { from: new Date(to.getTime() - DAYS * DAY_MS), to }, { modelId: id })
  return read(ctx, async tx => {
    const model = await findModel(tx, id)
    const rows = await tx.$queryRaw<UseRow[]>(sql`
      select key_id as "keyId", team_id as "teamId", workload, sum(requests)::int as requests, max(last_at) as "lastAt"
      from usage_rollups where ${where} and key_id is not null and team_id is not null group by 1, 2, 3`)
    const substitutes = substitutesOf(model).map(({ modelId }) => modelId)
    return { days: DAYS, requests: total(rows), ...(await named(tx, ctx, rows, substitutes)) }
  })
}

async function named(tx: Transaction, ctx: Context, rows: readonly UseRow[], substitutes: readonly string[]) {
  const keyIds = [...new Set(rows.map(row => row.keyId))]
  const found = await tx.apiKey.findMany({
    where: { organizationId: ctx.organizationId, id: { in: keyIds }, revokedAt: null },
    include: { team: { select: { name: true } }, person: { select: { name: true } } },
  })
  const keys = found.map(({ id, name, teamId, team, person, modelIds }) => {
    const own = rows.filter(row => row.keyId === id)
    const lastAt = new Date(Math.max(...own.map(row => row.lastAt.getTime()))).toISOString()
    const bound = modelIds.length > 0 && !substitutes.some(substitute => modelIds.includes(substitute))
    return { id, name, teamId, teamName: team.name, holder: person?.name ?? null, requests: total(own), lastAt, bound }
  })
  const teamNames = new Map(found.map(({ teamId, team }) => [teamId, team.name]))
  const teams = [...teamNames].map(([id, name]) => {
    return { id, name, requests: total(rows.filter(row => row.teamId === id)) }
  })
  const workloads = [...new Set(rows.flatMap(row => row.workload ?? []))].map(name => {
    return { name, requests: total(rows.filter(row => row.workload === name)) }
  })
  const most = <T extends { requests: number }>(all: T[]) => all.sort((a, b) => b.requests - a.requests).slice(0, MOST)
  return { keys: most(keys), teams: most(teams), workloads: most(workloads) }
}

function total(rows: readonly { requests: number }[]): number {
  return rows.reduce((sum, row) => sum + row.requests, 0)
}
