import 'server-only'
import type { z } from 'zod'
import type { Eligible } from '#core/approvals/eligibility.ts'
import { approvalsNeeded } from '#core/approvals/tally.ts'
import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { DomainError, notFound } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { type Deciders, decidersOfStep, readDeciders, voicesOf } from './deciders.ts'
import type { WhoDecidesDto } from './dto.ts'
import { isKind, kindOf } from './kinds.ts'
import { policyInForce } from './policy-in-force.ts'
import type { WhoDecidesQuery } from './schema.ts'

/** Who could decide a request of a kind that is made now: for a team, by a person, or without saying. */
export function whoDecides(
  ctx: Context,
  id: string,
  { teamId, requesterId }: z.output<typeof WhoDecidesQuery>,
): Promise<WhoDecidesDto> {
  requirePermission(ctx, 'approvals.read')
  if (scopeOf(ctx.actor, 'approvals.read') !== 'organization') {
    throw new DomainError('permission_denied', 'This needs approvals.read for the whole organization.')
  }
  if (!isKind(id)) throw notFound('kind of request')
  return read(ctx, async tx => {
    await checkHere(tx, ctx, teamId, requesterId)
    const { policy, version } = await policyInForce(tx, ctx.organizationId, kindOf(id))
    const deciders = await readDeciders(tx, ctx.organizationId)
    const request = { kind: id, teamId: teamId ?? null, excludedIds: requesterId ? [requesterId] : [] }
    const steps = policy.steps.map(step => {
      const { eligible, isFallback } = decidersOfStep(step, { ...request, escalated: false }, deciders)
      const later = decidersOfStep(step, { ...request, escalated: true }, deciders)
      const known = new Set(isFallback ? [] : eligible.map(({ personId }) => personId))
      const further = later.isFallback ? [] : later.eligible.filter(({ personId }) => !known.has(personId))
      const { escalateAfterHours: afterHours } = step
      return {
        name: step.name,
        approvalsNeeded: approvalsNeeded(step.quorum, eligible),
        deciders: withNames(eligible, deciders),
        isFallback,
        escalation: afterHours === null ? null : { afterHours, deciders: withNames(further, deciders) },
      }
    })
    return { kind: id, version, steps }
  })
}

async function checkHere(tx: Transaction, { organizationId }: Context, teamId?: string, personId?: string) {
  if (teamId && !(await tx.team.findFirst({ where: { id: teamId, organizationId } }))) throw notFound('team')
  if (personId && !(await tx.person.findFirst({ where: { id: personId, organizationId } }))) throw notFound('person')
}

function withNames(eligible: readonly Eligible[], { people }: Deciders): WhoDecidesDto['steps'][number]['deciders'] {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return eligible.map(one => ({
    id: one.personId,
    name: names.get(one.personId) ?? '',
    onBehalfOf: voicesOf(one, names),
  }))
}
