import { briefProblems } from '#core/workloads/brief.ts'
import { modelFindings } from '#core/workloads/model-fit.ts'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import { documentAt } from '#lib/records/queries.ts'
import { freeName } from '#lib/workloads/create-workload.ts'
import type { Brief } from '#prisma/generated/client.ts'
import { briefKind } from './brief-kind.ts'
import { BriefSnapshot, briefWords, snapshotOf } from './brief-snapshot.ts'
import { lockDraft, requirePeople } from './find-brief.ts'
import { contentOf, toBriefDetail } from './queries.ts'
import { type BriefDetailDto, SubmitBriefInput } from './schema.ts'

/**
 * Puts a brief before those who decide it; what they approve is this version of it. Throws `invalid_input` that names
 * every field that is lacking, and every model that its calls could not go to.
 */
export async function submitBrief({ ctx, input }: VerbArgs): Promise<BriefDetailDto> {
  requirePermission(ctx, 'workloads.propose')
  const { id, reason } = parseInput(SubmitBriefInput, input)
  return transact(ctx, async tx => {
    const draft = await lockDraft(tx, ctx, id)
    await requirePeople(tx, ctx, draft)
    await requireWhole(tx, ctx, draft)
    const slug = draft.workloadId === null ? await freeName(tx, ctx, draft.slug, draft.name) : draft.slug
    const submittedAt = new Date()
    const version = draft.version + 1
    const data = { slug, version, state: 'submitted', outcome: null, submittedAt, updatedAt: submittedAt }
    const brief = await tx.brief.update({ where: { id }, data })
    const snapshot = await snapshotOf(tx, brief)
    if (!snapshot)
      throw conflict('Its team, owner or workload has changed meanwhile. Look through it and submit it again.')
    await keepSubmitted(tx, ctx, snapshot, reason)
    const request = await openApproval(tx, ctx, {
      kind: briefKind,
      subjectId: id,
      title: `Brief for ${brief.name}`,
      reason: reason || (snapshot.content.objective ?? ''),
      snapshot,
      teamId: snapshot.team.id,
      risk: snapshot.content.autonomy === 'acts_alone' ? 'high' : 'medium',
      tiers: [snapshot.content.inputTier, snapshot.content.outputTier],
      rule: snapshot.workloadId === null ? 'A new workload needs a brief' : 'A workload is changed by a brief',
      excludedIds: [snapshot.owner.id, ...(brief.authorId ? [brief.authorId] : [])],
    })
    const after = await tx.brief.update({ where: { id }, data: { approvalId: request.id } })
    return toBriefDetail(tx, ctx, after)
  })
}

async function requireWhole(tx: Transaction, { organizationId }: Context, brief: Brief): Promise<void> {
  const content = contentOf(brief)
  const { tier, findings } = await catalogFindings(tx, organizationId, content)
  const fields = [
    ...briefProblems({ ...brief, content }).map(({ field, message }) => ({ field, message })),
    ...findings
      .filter(({ blocking }) => blocking)
      .map(({ message, fix }) => ({ field: 'content.modelIds', message: `${message} ${fix}` })),
    ...(tier === undefined ? [{ field: 'content.inputTier', message: 'One of its tiers is not there any more.' }] : []),
  ]
  const [first] = fields
  if (first) throw new DomainError('invalid_input', `The brief is not whole yet. ${first.message}`, fields)
}

/** What the catalog says; `tier` is undefined when the brief names one that the organization does not have. */
async function catalogFindings(tx: Transaction, organizationId: string, content: ReturnType<typeof contentOf>) {
  const tiers = await tx.tier.findMany({ where: { organizationId }, orderBy: { rank: 'asc' } })
  const models = await tx.model.findMany({ where: { organizationId, id: { in: content.modelIds ?? [] } } })
  const named = [content.inputTier, content.outputTier].filter(name => typeof name === 'string')
  const known = named.every(name => tiers.some(tier => tier.name === name))
  const highest = tiers.findLast(({ name }) => named.includes(name))?.name ?? null
  const findings = modelFindings(content.modelIds ?? [], models, highest, tiers, new Date())
  return { tier: known ? highest : undefined, findings }
}

async function keepSubmitted(tx: Transaction, ctx: Context, snapshot: BriefSnapshot, reason: string): Promise<void> {
  const { briefId: id, version, name } = snapshot
  const before = version > 1 ? await documentAt(tx, ctx, { kind: 'brief', id, version: version - 1 }) : null
  await keepVersion(tx, ctx, {
    kind: 'brief',
    ...{ id, version, name, reason },
    document: snapshot,
    before: before === null ? null : briefWords(BriefSnapshot.parse(before)),
    after: briefWords(snapshot),
    action: 'brief.submitted',
  })
}
