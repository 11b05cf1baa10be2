import { latestEnd } from '#core/exemptions/exemption-policy.ts'
import { newId } from '#core/ids.ts'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { requireTierName } from '#lib/tiers/tier-name.ts'
import { beneficiariesOf } from './beneficiaries.ts'
import { checkScope, checkSubject } from './check-scope.ts'
import { askedNames, exemptionKind, riskOf } from './exemption-kind.ts'
import { attentionAt, termsOf } from './exemption-record.ts'
import { keepExemption } from './keep-version.ts'
import { policyInForce } from './policy-in-force.ts'
import { getExemption } from './queries.ts'
import { type ExemptionDetailDto, RequestExemptionInput } from './schema.ts'

/**
 * Asks for an exemption. It allows nothing until somebody else approves it, holds no longer than the policy lets its
 * kind, and always ends.
 */
export async function requestExemption({ ctx, input }: VerbArgs): Promise<ExemptionDetailDto> {
  requirePermission(ctx, 'exemptions.request')
  const asked = parseInput(RequestExemptionInput, input)
  return transact(ctx, async tx => {
    const teamId = await checkSubject(tx, ctx, asked)
    const scope = await checkScope(tx, ctx, asked)
    const tier = await requireTierName(tx, ctx, asked.tier)
    const ownerId = await ownerOf(tx, ctx, asked.ownerId)
    await checkTime(tx, ctx, asked)
    const attestations = asked.attestations.map(({ text, dueAt }) => ({
      ...{ id: newId(), text, attestedAt: null, attestedBy: null, note: null },
      dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    }))
    const { title, kind, justification, risk, controls, subject } = asked
    const exemption = await tx.exemption.create({
      data: {
        id: newId(),
        organizationId: ctx.organizationId,
        ...{ title, kind, scope, tier, justification, controls, teamId, ownerId, attestations },
        ...{ subjectKind: subject.kind, subjectTarget: subject.target },
        personId: ctx.actor.kind === 'person' ? ctx.actor.id : null,
        requesterName: ctx.actor.name,
        ...{ riskMethod: risk.method, riskRating: risk.rating, riskText: risk.text },
        spendCapNanoUsd: asked.spendCapUsd,
        requestCap: asked.requestCap,
        attentionAt: attentionAt(attestations),
        startsAt: asked.startsAt === null ? null : new Date(asked.startsAt),
        endsAt: new Date(asked.endsAt),
      },
    })
    await keepExemption(tx, ctx, {
      before: null,
      after: exemption,
      action: 'exemption.requested',
      reason: justification,
    })
    const request = await openApproval(tx, ctx, {
      kind: exemptionKind,
      subjectId: exemption.id,
      title: `Exemption: ${title}`,
      reason: justification.slice(0, 1_000),
      snapshot: { terms: termsOf(exemption), names: await askedNames(tx, exemption), extension: null },
      teamId,
      risk: riskOf(risk.rating),
      tiers: [tier],
      rule: `Exemption from a ${kind.replace('_', ' ')} rule`,
      excludedIds: await beneficiariesOf(tx, exemption),
    })
    await tx.exemption.update({ where: { id: exemption.id }, data: { approvalId: request.id } })
    return getExemption({ ...ctx, tx }, exemption.id)
  })
}

async function ownerOf(tx: Transaction, ctx: Context, ownerId: string | undefined): Promise<string> {
  const id = ownerId ?? (ctx.actor.kind === 'person' ? ctx.actor.id : null)
  if (id === null) throw invalid('ownerId', 'Name the person who answers for it.')
  const where = { id, organizationId: ctx.organizationId, status: 'active' as const }
  if ((await tx.person.count({ where })) === 0) throw invalid('ownerId', 'There is no such active person here.')
  return id
}

/** Throws `invalid_input` unless it ends in the future, after its start, within what the policy lets its kind last. */
async function checkTime(
  tx: Transaction,
  ctx: Context,
  { kind, startsAt, endsAt }: { kind: Parameters<typeof latestEnd>[1]; startsAt: string | null; endsAt: string },
): Promise<void> {
  const now = Date.now()
  const start = Math.max(now, startsAt === null ? now : Date.parse(startsAt))
  const end = Date.parse(endsAt)
  if (end <= start) throw invalid('endsAt', 'It has to end after it starts, and in the future.')
  const { policy } = await policyInForce(tx, ctx)
  if (end > latestEnd(policy, kind, start)) {
    const words = `An exemption of this kind may last ${policy.maxDays[kind]} days at most. Choose an earlier end; more time can be asked for.`
    throw invalid('endsAt', words)
  }
}
