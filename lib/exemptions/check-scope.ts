import type { z } from 'zod'
import { type ExemptionKind, NAMED_SUBJECTS } from '#core/exemptions/exemption.ts'
import { isId } from '#core/ids.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { invalid } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ExemptionScope } from './exemption-record.ts'
import type { RequestExemptionInput } from './schema.ts'

type Input = z.output<typeof RequestExemptionInput>

/** What each kind is from, and has to name one of. */
const NAMES: Record<ExemptionKind, readonly (keyof ExemptionScope)[]> = {
  model: ['modelIds'],
  tier: ['modelIds', 'providerIds'],
  cost: ['budgetIds'],
  guardrail: ['guardrailIds'],
  tool_policy: ['tools'],
}

/** Checks that what an exemption is from is there and fits its kind. Throws `invalid_input` naming the field. */
export async function checkScope(tx: Transaction, ctx: Context, input: Input): Promise<ExemptionScope> {
  const { modelIds, providerIds, budgetIds, guardrailIds, tools, kind } = input
  const scope: ExemptionScope = { modelIds, providerIds, budgetIds, guardrailIds, tools }
  const fields = Object.keys(scope) as (keyof ExemptionScope)[]
  const foreign = fields.find(field => scope[field].length > 0 && !NAMES[kind].includes(field))
  if (foreign) throw invalid(foreign, `An exemption of the kind ${kind} names no ${foreign}. Leave it out.`)
  if (NAMES[kind].every(field => scope[field].length === 0)) {
    throw invalid(NAMES[kind][0] ?? 'kind', 'Say what it is from: name at least one.')
  }
  const within = (ids: string[]) => ({ id: { in: ids }, organizationId: ctx.organizationId })
  await all('modelIds', modelIds, tx.model.count({ where: within(modelIds) }))
  await all('providerIds', providerIds, tx.provider.count({ where: within(providerIds) }))
  const budget = { ...within(budgetIds), keyId: null, exemptionId: null, archivedAt: null }
  await all('budgetIds', budgetIds, tx.budget.count({ where: budget }))
  await all('guardrailIds', guardrailIds, tx.guardrail.count({ where: within(guardrailIds) }))
  if (kind === 'tier' && input.tier === null) throw invalid('tier', 'Name the tier that may be sent.')
  if (kind === 'cost' && input.spendCapUsd === null) {
    throw invalid('spendCapUsd', 'An exemption from a budget says what its calls may cost at most.')
  }
  return scope
}

async function all(field: keyof ExemptionScope, ids: string[], count: Promise<number>): Promise<void> {
  if ((await count) !== new Set(ids).size) throw invalid(field, 'One of these is not here.')
}

/** Whom an exemption concerns. Throws `invalid_input` naming the subject when it is not there or not the actor's. */
export async function checkSubject(tx: Transaction, ctx: Context, { subject }: Input): Promise<string | null> {
  const { kind, target, teamId } = subject
  const named = NAMED_SUBJECTS.includes(kind)
  if (named !== (teamId !== null)) {
    const words = named
      ? 'Callers choose the names they send: say of which team’s keys the name is believed.'
      : 'Only a workload or a use case takes a team beside it.'
    throw invalid('subject.teamId', words)
  }
  const team = await teamOf(tx, ctx, kind, target, teamId)
  if (scopeOf(ctx.actor, 'exemptions.request') === 'organization') return team
  const mine =
    ctx.actor.kind === 'person' && (team === null ? target === ctx.actor.id : ctx.actor.teamIds.includes(team))
  if (!mine) throw invalid('subject.target', 'There is no such subject here.')
  return team
}

/** The team of a subject; null: a person, who may be in several. */
async function teamOf(
  tx: Transaction,
  { organizationId }: Context,
  kind: Input['subject']['kind'],
  target: string,
  teamId: string | null,
): Promise<string | null> {
  const id = teamId ?? target
  const where = { id, organizationId }
  const missing = invalid(teamId ? 'subject.teamId' : 'subject.target', 'There is no such subject here.')
  if (!isId(id)) throw missing
  if (kind === 'person') {
    if ((await tx.person.count({ where: { ...where, status: 'active' } })) === 0) throw missing
    return null
  }
  if (kind === 'key') {
    const key = await tx.apiKey.findFirst({ where: { ...where, revokedAt: null }, select: { teamId: true } })
    if (!key) throw missing
    return key.teamId
  }
  if ((await tx.team.count({ where: { ...where, archivedAt: null } })) === 0) throw missing
  return id
}
