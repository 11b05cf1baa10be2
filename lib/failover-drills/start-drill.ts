import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { closeDeadDrills } from './close-dead-drills.ts'
import { isCallable, noStandInWords, standInsOf } from './drill-candidates.ts'
import { readPlan } from './drill-plan.ts'
import { drillDto } from './queries.ts'
import { type DrillDto, StartDrillInput } from './schema.ts'

/**
 * Asks for a drill; the worker runs it. Throws `conflict` while another one of the organization is not over, since two
 * simulated outages at once would measure each other, and `invalid_input` for a model that nobody could stand in for.
 */
export async function startDrill({ ctx, input }: VerbArgs): Promise<DrillDto> {
  requirePermission(ctx, 'routes.manage')
  const { modelId, boundSeconds } = parseInput(StartDrillInput, input)
  await closeDeadDrills(ctx.organizationId)
  return transact(ctx, async tx => {
    const plan = await readPlan(tx, ctx.organizationId)
    const boundMs = boundSeconds === undefined ? plan.boundMs : Math.round(boundSeconds * 1_000)
    const model = await tx.model.findFirst({ where: { id: modelId, organizationId: ctx.organizationId } })
    if (model && isCallable(model) && !(await standInsOf(tx, ctx.organizationId))(model)) {
      throw invalid('modelId', noStandInWords(model.identifier))
    }
    return insertDrill(tx, ctx, { modelId, boundMs, occasion: 'demand' })
  })
}

/** Writes and audits a drill that waits for the worker. Throws `conflict` while another one is not over. */
export async function insertDrill(
  tx: Transaction,
  ctx: Context,
  wanted: { modelId: string; boundMs: number; occasion: 'schedule' | 'demand' },
): Promise<DrillDto> {
  const { organizationId, actor } = ctx
  // Of two that ask at once, the second sees the first one's drill.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${organizationId}, 32))::text`
  const open = await tx.failoverDrill.findFirst({ where: { organizationId, endedAt: null } })
  if (open) throw conflict(`A drill of ${open.modelName} is not over. Start this one when it is.`)
  const model = await tx.model.findFirst({ where: { id: wanted.modelId, organizationId } })
  if (!model) throw notFound('model')
  if (!isCallable(model)) throw conflict(`${model.identifier} cannot be called, so it cannot fail.`)
  const drill = await tx.failoverDrill.create({
    data: {
      id: newId(),
      organizationId,
      ...wanted,
      modelName: model.identifier,
      startedByName: actor.name,
      state: 'waiting',
    },
  })
  await audit(tx, ctx, {
    action: 'failover_drill.started',
    subject: { kind: 'failoverDrill', id: drill.id, name: model.identifier },
    after: { modelId: model.id, boundMs: drill.boundMs, occasion: drill.occasion },
  })
  await announce(tx, ctx, 'drills', drill.id)
  return drillDto(drill)
}
