import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { snapshotDigest } from '#core/approvals/snapshot.ts'
import { parseUsd } from '#core/money.ts'
import { askedNames, exemptionKind, riskOf } from '#lib/exemptions/exemption-kind.ts'
import { attentionAt, exemptionInWords, termsOf } from '#lib/exemptions/exemption-record.ts'
import { extendExemption } from '#lib/exemptions/extend-exemption.ts'
import { publishExemption } from '#lib/exemptions/keep-version.ts'
import { requestExemption } from '#lib/exemptions/request-exemption.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { changesBetween } from '#lib/records/keep-version.ts'
import type { Exemption } from '#prisma/generated/client.ts'
import { ASKED, type DemoExemption, EXEMPTIONS } from './northwind/exemptions.ts'
import { DAY_MS, demand, HOUR_MS, type Scenario } from './scenario.ts'
import { contextOf } from './write-budgets.ts'
import type { SeededCatalog } from './write-catalog.ts'
import { type SeededOrganization, seedContext } from './write-organization.ts'

type Parts = SeededOrganization & Pick<SeededCatalog, 'models'>

/** Writes the register of exemptions as a year has left it, and what waits for a decision. */
export async function writeExemptions(tx: Transaction, scenario: Scenario, parts: Parts): Promise<void> {
  const written: Exemption[] = []
  for (const exemption of EXEMPTIONS) written.push(await writeOne(tx, scenario, parts, exemption))
  const [review] = written
  const { people, teams, models } = parts
  const team = demand(teams, ASKED.team)
  await requestExemption({
    ctx: contextOf(tx, scenario, demand(people, ASKED.by), [team.id]),
    input: {
      title: ASKED.title,
      kind: 'tier',
      subject: { kind: 'team', target: team.id },
      modelIds: ASKED.models.map(name => demand(models, name).id),
      tier: ASKED.tier,
      justification: ASKED.justification,
      risk: { method: 'likelihood_impact', rating: 'medium', text: ASKED.risk },
      spendCapUsd: '150',
      endsAt: new Date(Date.now() + ASKED.days * DAY_MS).toISOString(),
    },
  })
  if (!review) return
  const endsAt = new Date(review.endsAt.getTime() + 14 * DAY_MS).toISOString()
  const lead = contextOf(tx, scenario, demand(people, 'Leila Haddad'), [demand(teams, 'legal').id])
  const ctx = { ...lead, actor: { ...lead.actor, roles: ['team_lead'] } as typeof lead.actor }
  await extendExemption({ ctx, input: { id: review.id, endsAt, reason: 'Two hundred contracts came in late' } })
}

async function writeOne(tx: Transaction, scenario: Scenario, parts: Parts, demo: DemoExemption): Promise<Exemption> {
  const { organizationId, now, random } = scenario
  const { teams, people, models } = parts
  const team = demand(teams, demo.team)
  const [requester, owner] = [demand(people, demo.by), demand(people, demo.owner)]
  const at = (days: number) => new Date(now + days * DAY_MS)
  const createdAt = new Date(Math.min(at(demo.starts).getTime(), now) - 2 * DAY_MS)
  const approvedAt = new Date(createdAt.getTime() + 20 * HOUR_MS)
  const rules = await tx.guardrail.findMany({ where: { organizationId, detector: { in: demo.guardrails ?? [] } } })
  const budget = demo.budget
    ? await tx.budget.findFirstOrThrow({ where: { organizationId, scope: 'team', target: team.id, keyId: null } })
    : null
  const attestations = demo.condition
    ? [attestation(demo.condition, demo.owner, random.id(createdAt.getTime()), at)]
    : []
  const endedAt = demo.ended ? at(demo.ends) : null
  const row = await tx.exemption.create({
    data: {
      id: random.id(createdAt.getTime()),
      organizationId,
      ...{ title: demo.title, kind: demo.kind, tier: demo.tier ?? null, teamId: team.id, createdAt },
      ...{ subjectKind: 'team', subjectTarget: team.id, personId: requester.id, requesterName: requester.name },
      ownerId: owner.id,
      scope: {
        modelIds: (demo.models ?? []).map(name => demand(models, name).id),
        providerIds: [],
        budgetIds: budget ? [budget.id] : [],
        guardrailIds: rules.map(({ id }) => id),
        tools: demo.tools ?? [],
      },
      ...{ justification: demo.justification, riskMethod: 'qualitative', riskRating: demo.rating, riskText: demo.risk },
      controls: demo.controls ?? [],
      spendCapNanoUsd: demo.spendCapUsd === undefined ? null : parseUsd(String(demo.spendCapUsd)),
      ...{ attestations, attentionAt: attentionAt(attestations) },
      ...{ status: demo.ended ?? 'approved', startsAt: at(demo.starts), approvedAt, approvedBy: demo.approver },
      // One that was revoked or broke had more time.
      endsAt: new Date(at(demo.ends).getTime() + (demo.ended && demo.ended !== 'expired' ? 12 * DAY_MS : 0)),
      endedAt,
      endedBy: demo.ended === 'revoked' ? 'Amina Khalil' : null,
      endReason: demo.ended ? (demo.endReason ?? 'Its time is over.') : null,
      version: demo.ended ? 3 : 2,
      updatedAt: endedAt ?? approvedAt,
    },
  })
  await writeVersions(tx, scenario, row, demo)
  const approvalId = await writeApproval(tx, scenario, parts, row, demo)
  await publishExemption(tx, seedContext(organizationId, tx), row)
  return tx.exemption.update({ where: { id: row.id }, data: { approvalId } })
}

function attestation(
  { text, due, attested }: NonNullable<DemoExemption['condition']>,
  by: string,
  id: string,
  at: (days: number) => Date,
) {
  const vouched = attested
    ? { attestedAt: at(due - 1).toISOString(), attestedBy: by, note: 'Seen with my own eyes' }
    : null
  return { id, text, dueAt: at(due).toISOString(), ...(vouched ?? { attestedAt: null, attestedBy: null, note: null }) }
}

/** Asked for, granted and, if so, ended: each a version of its time. */
async function writeVersions(
  tx: Transaction,
  { random }: Scenario,
  row: Exemption,
  demo: DemoExemption,
): Promise<void> {
  const requested: Exemption = { ...row, status: 'requested', version: 1 }
  const granted: Exemption = { ...row, status: 'approved', version: 2 }
  const states = [
    { before: null, after: requested, at: row.createdAt, by: row.requesterName, reason: row.justification },
    {
      before: requested,
      after: granted,
      at: row.approvedAt ?? row.createdAt,
      by: demo.approver,
      reason: row.justification,
    },
    ...(row.endedAt
      ? [{ before: granted, after: row, at: row.endedAt, by: row.endedBy ?? 'exemptions', reason: row.endReason ?? '' }]
      : []),
  ]
  await tx.recordVersion.createMany({
    data: states.map(({ before, after, at, by, reason }) => ({
      id: random.id(at.getTime()),
      organizationId: row.organizationId,
      ...{ kind: 'exemption', recordId: row.id, version: after.version, reason },
      document: { ...termsOf(after), status: after.status, extensions: after.extensions },
      changes: changesBetween(before && exemptionInWords(before), exemptionInWords(after)).map(each => ({ ...each })),
      ...{ authorKind: 'person', authorName: by, createdAt: at },
    })),
  })
}

async function writeApproval(
  tx: Transaction,
  { organizationId, random }: Scenario,
  { people }: Parts,
  row: Exemption,
  demo: DemoExemption,
): Promise<string> {
  const [requester, voter] = [demand(people, demo.by), demand(people, demo.approver)]
  const decidedAt = row.approvedAt ?? row.createdAt
  const snapshot = { terms: termsOf(row), names: await askedNames(tx, row), extension: null }
  const id = random.id(row.createdAt.getTime())
  await tx.approvalRequest.create({
    data: {
      ...{ id, organizationId, kind: exemptionKind.id, subjectId: row.id, title: `Exemption: ${row.title}` },
      ...{ reason: row.justification, teamId: row.teamId, requesterId: requester.id, requesterName: requester.name },
      ...{ snapshot, digest: snapshotDigest(snapshot), risk: riskOf(row.riskRating) },
      rule: `Exemption from a ${row.kind.replace('_', ' ')} rule`,
      excludedIds: [requester.id, row.ownerId],
      ...{ policy: ApprovalPolicy.parse(exemptionKind.policy), policyVersion: 0, state: 'approved' },
      ...{ stepOpenedAt: row.createdAt, createdAt: row.createdAt, decidedAt },
      expiresAt: new Date(row.createdAt.getTime() + 14 * DAY_MS),
      outcome: `Approved by ${voter.name}.`,
      result: { kind: 'exemption', id: row.id, name: row.title, href: `/govern/exemptions/${row.id}` },
    },
  })
  const afterMs = BigInt(decidedAt.getTime() - row.createdAt.getTime())
  const vote = { step: 0, voterId: voter.id, voterName: voter.name, onBehalfOf: [], vote: 'approve', reason: '' }
  await tx.approvalVote.create({
    data: { id: random.id(decidedAt.getTime()), organizationId, requestId: id, ...vote, afterMs, createdAt: decidedAt },
  })
  return id
}

/**
 * What gateways would have written into evidence: answered calls of an exemption's team, and for tiers of its models.
 * Run by the owner, since nobody else may touch evidence.
 */
export const NOTE_EXEMPTED_CALLS = `
  with exempted as (
    select x.id as exemption, e.id as request, e.occurred_at, e.organization_id, e.cost_nano_usd,
      sum(e.cost_nano_usd) over (partition by x.id order by e.occurred_at, e.id) as spent, x.spend_cap_nano_usd as cap
    from exemptions x join request_events e on e.organization_id = x.organization_id and e.team_id = x.team_id
      and e.occurred_at >= x.starts_at and e.occurred_at < least(x.ends_at, coalesce(x.ended_at, x.ends_at), now())
    where e.outcome = 'ok' and e.cost_nano_usd is not null and x.kind in ('tier', 'cost')
      and case x.kind when 'tier' then x.scope->'modelIds' ? e.model_id::text else abs(hashtext(e.id::text)) % 9 = 0 end
  ), kept as (select * from exempted where cap is null or spent <= cap),
  noted as (
    update request_events e set detail = (e.detail::jsonb || jsonb_build_object('exemptions', jsonb_build_array(k.exemption)))::json
    from kept k where e.id = k.request and e.occurred_at = k.occurred_at returning 1
  )
  insert into exemption_uses (exemption_id, request_id, organization_id, occurred_at, refused, cost_nano_usd)
  select exemption, request, organization_id, occurred_at, false, cost_nano_usd from kept`
