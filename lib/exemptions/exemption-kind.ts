import { z } from 'zod'
import { newId } from '#core/ids.ts'
import type { ApprovalKind, CarriedOut, SnapshotLine } from '#lib/approvals/approval-kind.ts'
import { notify } from '#lib/notices/notify.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest, Exemption } from '#prisma/generated/client.ts'
import { exemptionNames } from './exemption-names.ts'
import { attentionAt, readExemption, stateOf, termsOf } from './exemption-record.ts'
import { holdExemption } from './find-exemption.ts'
import { keepExemption } from './keep-version.ts'

const Terms = z.looseObject({
  title: z.string(),
  kind: z.string(),
  subject: z.strictObject({ kind: z.string(), target: z.string(), teamId: z.uuid().nullable() }),
  tier: z.string().nullable(),
  risk: z.strictObject({ method: z.string(), rating: z.string(), text: z.string() }),
  controls: z.array(z.string()),
  spendCapUsd: z.string().nullable(),
  requestCap: z.int().nullable(),
  attestations: z.array(z.strictObject({ text: z.string(), dueAt: z.string().nullable() })),
  startsAt: z.string().nullable(),
  endsAt: z.string(),
})

/** What is asked for: the terms of the exemption, what they were called at the time, and more time if that is all. */
const Snapshot = z.strictObject({
  terms: Terms,
  names: z.strictObject({ subject: z.string(), scope: z.array(z.string()) }),
  extension: z.strictObject({ endsAt: z.string() }).nullable(),
})

/** What the records of an exemption are called now. */
export async function askedNames(tx: Transaction, row: Exemption): Promise<z.infer<typeof Snapshot>['names']> {
  const names = await exemptionNames(tx, [row])
  const { tools, ...ids } = readExemption(row).scope
  const scope = [
    ...Object.values(ids)
      .flat()
      .map(id => names.get(id) ?? id),
    ...tools,
  ]
  return { subject: names.get(row.subjectTarget) ?? row.subjectTarget, scope }
}

/** How much an approver should worry, of four ratings. */
export function riskOf(rating: string): 'low' | 'medium' | 'high' {
  return rating === 'low' || rating === 'medium' ? rating : 'high'
}

/** An exemption, or more time for one. Approval puts it in force, on every gateway within a second. */
export const exemptionKind: ApprovalKind = {
  id: 'exemption',
  title: 'Exemption',
  policy: {
    steps: [
      {
        name: 'Security or an approver',
        approvers: { roles: ['security', 'approver'] },
        escalateAfterHours: 48,
        escalateTo: { roles: ['administrator'] },
      },
    ],
  },
  describe,
  href: ({ subjectId }) => `/govern/exemptions/${subjectId}`,
  async current(tx, ctx, { subjectId, snapshot }) {
    await holdExemption(tx, subjectId)
    const row = await tx.exemption.findFirst({ where: { id: subjectId, organizationId: ctx.organizationId } })
    if (!row) return null
    const asked = Snapshot.parse(snapshot)
    const possible = asked.extension
      ? stateOf(row) === 'in_force'
      : row.status === 'requested' && row.endsAt > new Date()
    return possible ? { ...asked, terms: termsOf(row) } : null
  },
  async carryOut(tx, ctx, request) {
    const { extension } = Snapshot.parse(request.snapshot)
    const row = await tx.exemption.findFirst({ where: { id: request.subjectId, organizationId: ctx.organizationId } })
    if (!row) throw conflict('The exemption is no more.')
    return extension ? extend(tx, ctx, request, row, extension.endsAt) : grant(tx, ctx, request, row)
  },
  async turnDown(tx, ctx, { subjectId, snapshot }) {
    if (Snapshot.parse(snapshot).extension) return
    await holdExemption(tx, subjectId)
    const where = { id: subjectId, organizationId: ctx.organizationId, status: 'requested' }
    const before = await tx.exemption.findFirst({ where })
    if (!before) return
    const data = { status: 'declined', version: before.version + 1, updatedAt: new Date() }
    const after = await tx.exemption.update({ where: { id: subjectId }, data })
    await keepExemption(tx, ctx, {
      before,
      after,
      action: 'exemption.declined',
      reason: 'The request was not approved',
    })
  },
}

function describe(snapshot: unknown): SnapshotLine[] {
  const { terms, names, extension } = Snapshot.parse(snapshot)
  const line = (label: string, after: string, before: string | null = null) => ({ label, before, after })
  if (extension) return [line('Exemption', terms.title), line('Ends', inUtc(extension.endsAt), inUtc(terms.endsAt))]
  const { kind, subject, tier, risk, controls, spendCapUsd, requestCap, attestations, startsAt, endsAt } = terms
  return [
    line('From', `${kind.replace('_', ' ')}: ${names.scope.join(', ')}`),
    line('For', `${subject.kind === 'useCase' ? 'use case' : subject.kind} ${names.subject}`),
    ...(tier === null ? [] : [line(kind === 'tier' ? 'Tier that may be sent' : 'Up to tier', tier)]),
    line('From when until when', `${startsAt ? inUtc(startsAt) : 'approval'} to ${inUtc(endsAt)}`),
    line('Risk', `${risk.rating} (${risk.method.replace('_', ' and ')}): ${risk.text}`),
    ...(controls.length > 0 ? [line('Makes up for it', controls.join('; '))] : []),
    ...(spendCapUsd === null ? [] : [line('Costs at most', `USD ${spendCapUsd}`)]),
    ...(requestCap === null ? [] : [line('Calls at most', String(requestCap))]),
    ...attestations.map(({ text, dueAt }) => line('Condition', dueAt ? `${text} (by ${dueAt.slice(0, 10)})` : text)),
  ]
}

/** A moment as approvers read it, to the minute. */
function inUtc(moment: string): string {
  return `${moment.slice(0, 10)}, ${moment.slice(11, 16)} UTC`
}

async function grant(tx: Transaction, ctx: Context, request: ApprovalRequest, before: Exemption): Promise<CarriedOut> {
  const now = new Date()
  const { attestations } = readExemption(before)
  const asked = z.array(z.string()).catch([]).parse(request.conditions)
  const added = asked.map(text => ({ id: newId(), text, dueAt: null, attestedAt: null, attestedBy: null, note: null }))
  const all = [...attestations, ...added]
  const after = await tx.exemption.update({
    where: { id: before.id },
    data: {
      status: 'approved',
      startsAt: before.startsAt && before.startsAt > now ? before.startsAt : now,
      approvedAt: now,
      approvedBy: await deciderOf(tx, request),
      attestations: all,
      attentionAt: attentionAt(all),
      version: before.version + 1,
      updatedAt: now,
    },
  })
  await keepExemption(tx, ctx, { before, after, action: 'exemption.granted', reason: request.reason })
  await tellOwner(tx, ctx, after, 'is granted', `It holds until ${after.endsAt.toISOString()}.`)
  return { kind: 'exemption', id: after.id, name: after.title, href: `/govern/exemptions/${after.id}` }
}

async function extend(
  tx: Transaction,
  ctx: Context,
  request: ApprovalRequest,
  before: Exemption,
  endsAt: string,
): Promise<CarriedOut> {
  const data = { endsAt: new Date(endsAt), extensions: before.extensions + 1, version: before.version + 1 }
  const after = await tx.exemption.update({ where: { id: before.id }, data: { ...data, updatedAt: new Date() } })
  await keepExemption(tx, ctx, { before, after, action: 'exemption.extended', reason: request.reason })
  await tellOwner(tx, ctx, after, 'has more time', `It holds until ${after.endsAt.toISOString()}.`)
  return { kind: 'exemption', id: after.id, name: after.title, href: `/govern/exemptions/${after.id}` }
}

async function deciderOf(tx: Transaction, { id }: ApprovalRequest): Promise<string | null> {
  const vote = await tx.approvalVote.findFirst({ where: { requestId: id, vote: 'approve' }, orderBy: { id: 'desc' } })
  return vote?.voterName ?? null
}

/** Whoever asked hears it from the approval. */
function tellOwner(tx: Transaction, ctx: Context, row: Exemption, what: string, detail: string): Promise<number> {
  return notify(tx, ctx, row.ownerId === row.personId ? [] : [row.ownerId], {
    kind: 'exemption',
    occasion: `exemption:${row.id}:${row.version}`,
    title: `The exemption “${row.title}” ${what}`,
    detail,
    href: `/govern/exemptions/${row.id}`,
  })
}
