import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { announce } from '#lib/platform/live.ts'
import { log } from '#lib/platform/log.ts'
import type { FailoverDrill } from '#prisma/generated/client.ts'
import { unfinished } from './drill-findings.ts'
import { type DrillKey, endDrillKey, issueDrillKey } from './drill-key.ts'
import { finishDrill } from './finish-drill.ts'
import type { DrillFindings, DrillPhase } from './schema.ts'
import { simulateOutage } from './simulate-outage.ts'

const SIGN_MS = 1_000

/**
 * Takes up the drill that waits longest, of any organization, and sees it to its end: one worker each. Returns whether
 * there was one. When `signal` says so the drill is closed as failed, since nobody would go on with it.
 */
export async function runWaitingDrill(signal: AbortSignal): Promise<boolean> {
  const drill = await claimDrill()
  if (!drill) return false
  const sign = setInterval(() => void giveSign(drill).catch(() => undefined), SIGN_MS)
  try {
    await finishDrill(drill, await perform(drill, signal))
  } finally {
    clearInterval(sign)
  }
  return true
}

async function perform(drill: FailoverDrill, signal: AbortSignal): Promise<DrillFindings> {
  let key: DrillKey | undefined
  try {
    const { id: drillId, organizationId, boundMs } = drill
    const select = { id: true, identifier: true, dialects: true } as const
    const model = await databases().system.model.findFirst({ where: { id: drill.modelId, organizationId }, select })
    if (!model) return unfinished(boundMs, 'The model is no longer in the catalog.')
    key = await issueDrillKey(drill)
    const onPhase = (phase: DrillPhase) => enterPhase(drill, phase)
    return await simulateOutage({ drillId, organizationId, model, key }, { boundMs, onPhase, signal })
  } catch (error) {
    if (signal.aborted) return unfinished(drill.boundMs, 'The worker was stopped while it ran.')
    log.error({ drill: drill.id, error: error instanceof Error ? error.stack : String(error) }, 'a drill broke off')
    return unfinished(drill.boundMs, `It broke off: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    if (key)
      await endDrillKey(drill, key).catch(error => log.warn({ drill: drill.id, error: String(error) }, 'key left'))
  }
}

async function claimDrill(): Promise<FailoverDrill | null> {
  const { system } = databases()
  const [claimed] = await system.$queryRaw<{ id: string }[]>`
    update failover_drills set state = 'running', started_at = now(), alive_at = now(), phase = 'prepare'
    where id = (select id from failover_drills where state = 'waiting' order by created_at limit 1 for update skip locked)
    returning id::text`
  return claimed ? system.failoverDrill.findUniqueOrThrow({ where: { id: claimed.id } }) : null
}

async function giveSign({ id }: FailoverDrill): Promise<void> {
  const data = { aliveAt: new Date() }
  await databases().system.failoverDrill.updateMany({ where: { id, state: 'running' }, data })
}

async function enterPhase(drill: FailoverDrill, phase: DrillPhase): Promise<void> {
  await databases().system.$transaction(async tx => {
    await tx.failoverDrill.updateMany({ where: { id: drill.id, state: 'running' }, data: { phase } })
    await announce(tx, systemContext(drill.organizationId, 'failover-drills'), 'drills', drill.id)
  })
}
