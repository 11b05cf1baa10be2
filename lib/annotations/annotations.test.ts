import { beforeAll, describe, expect, test } from 'vitest'
import type { AnnotatedKind } from '#core/annotations/annotated-kinds.ts'
import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { createRisk } from '#lib/risks/create-risk.ts'
import { createWorkload } from '#lib/workloads/create-workload.ts'
import { noticesOf } from '#test/approval-people.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { attachFile } from './attach-file.ts'
import { commentOnRecord } from './comment-on-record.ts'
import { linkRecords } from './link-records.ts'
import { getFile, listAnnotations } from './queries.ts'
import { withdrawAnnotation } from './withdraw-annotation.ts'

const { system } = databases()

let here: TestOrganization
let elsewhere: TestOrganization
/** May see risks; the developer may not. */
let security: Context
let developer: Context
let risk: { recordKind: 'risk'; recordId: string }
let workload: { recordKind: 'workload'; recordId: string }

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  security = await here.person(['security'])
  developer = await here.person(['developer'])
  risk = { recordKind: 'risk', recordId: await makeRisk() }
  const terms = { name: newId(), teamId: here.teamId, ownerId: here.admin.actor.id }
  workload = { recordKind: 'workload', recordId: (await createWorkload({ ctx: here.admin, input: terms })).id }
})

async function makeRisk(): Promise<string> {
  const { id } = await createRisk({
    ctx: here.admin,
    input: {
      ...{
        title: `Risk ${newId()}`,
        category: 'data',
        description: 'Data leaves',
        treatment: 'mitigate',
        plan: 'Mask',
      },
      ...{ likelihood: 4, impact: 4, residualLikelihood: 2, residualImpact: 2 },
      reviewAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
  })
  return id
}

const of = (ctx: Context, { recordKind: kind, recordId: id }: { recordKind: AnnotatedKind; recordId: string }) =>
  listAnnotations(ctx, { kind, id })
const pdf = (text: string) => ({
  name: 'assessment.pdf',
  mediaType: 'application/pdf',
  content: Buffer.from(text).toString('base64'),
})

describe('a comment', () => {
  test('is read by whoever may see the record, audited with it, and tells whom it mentions of those', async () => {
    const text = `@${security.actor.name} and @${developer.actor.name}, look at this`
    const { id } = await commentOnRecord({ ctx: here.admin, input: { ...risk, text } })
    const { data } = await of(security, risk)
    expect(data[0]).toMatchObject({ id, kind: 'comment', text, authorName: here.admin.actor.name, mayWithdraw: false })
    expect((await noticesOf(security)).at(-1)).toMatchObject({
      kind: 'record_mention',
      href: `/govern/risks/${risk.recordId}`,
    })
    expect(await noticesOf(developer)).toEqual([])
    const entry = { subjectKind: 'risk', subjectId: risk.recordId, action: 'risk.commented' }
    expect(await system.auditEntry.count({ where: entry })).toBe(1)
  })

  test('is neither made nor read where the record may not be seen', async () => {
    await expect(of(developer, risk)).rejects.toMatchObject({ kind: 'permission_denied' })
    const said = { ctx: developer, input: { ...risk, text: 'I cannot see it' } }
    await expect(Promise.resolve().then(() => commentOnRecord(said))).rejects.toMatchObject({
      kind: 'permission_denied',
    })
    await expect(of(elsewhere.admin, risk)).rejects.toMatchObject({ kind: 'not_found' })
    const foreign = commentOnRecord({ ctx: elsewhere.admin, input: { ...risk, text: 'Hello' } })
    await expect(foreign).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('a file', () => {
  test('comes back as it was attached, under its hash, and once', async () => {
    const { id } = await attachFile({ ctx: security, input: { ...risk, ...pdf('one'), text: 'The assessment' } })
    const file = await getFile(here.admin, id)
    expect(Buffer.from(file.content, 'base64').toString()).toBe('one')
    const [listed] = (await of(here.admin, risk)).data
    expect(listed).toMatchObject({ id, kind: 'file', text: 'The assessment', file: { bytes: 3, digest: file.digest } })
    const again = attachFile({ ctx: security, input: { ...risk, ...pdf('one'), name: 'other.pdf' } })
    await expect(again).rejects.toThrow(/attached already, as assessment.pdf/)
    await expect(getFile(developer, id)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(getFile(elsewhere.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
  })

  test.each([
    { name: '../passwd', why: /without slashes/ },
    { mediaType: 'not a type', why: /media type/ },
    { content: '???', why: /base64/ },
    { content: Buffer.alloc(5 * 1024 * 1024 + 3).toString('base64'), why: /5 MiB/ },
  ])('that breaks a rule is refused with it: $why', ({ why, ...change }) => {
    expect(() => attachFile({ ctx: security, input: { ...risk, ...pdf('two'), ...change } })).toThrow(why)
  })
})

describe('a link', () => {
  test('shows at both ends, each to whoever may see the other', async () => {
    const link = { ...workload, linkedKind: 'risk', linkedId: risk.recordId, text: 'It is why' }
    await linkRecords({ ctx: security, input: link })
    const href = `/workloads/${workload.recordId}`
    expect((await of(security, risk)).data[0]?.link).toMatchObject({ kind: 'workload', href })
    expect((await of(security, workload)).data[0]?.link).toMatchObject({ kind: 'risk', id: risk.recordId })
    const [hidden] = (await of(developer, workload)).data
    expect(hidden?.link).toEqual({ kind: 'risk', id: null, name: null, href: null })
    const back = { ...risk, linkedKind: 'workload', linkedId: workload.recordId }
    await expect(linkRecords({ ctx: security, input: back })).rejects.toThrow(/linked already/)
  })

  test('of two who link the same two at once, one does', async () => {
    const window = { kind: 'month', timeZone: 'UTC' }
    const fields = { name: newId(), scope: 'organization', window, limitUsd: '100' }
    const { id } = await createBudget({ ctx: here.admin, input: fields })
    const [forth, back] = [
      { ...workload, linkedKind: 'budget', linkedId: id },
      { recordKind: 'budget', recordId: id, linkedKind: 'workload', linkedId: workload.recordId },
    ]
    const tried = await Promise.allSettled([forth, back].map(input => linkRecords({ ctx: here.admin, input })))
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('leads to what there is and to another record', async () => {
    const nowhere = linkRecords({ ctx: security, input: { ...risk, linkedKind: 'policy', linkedId: newId() } })
    await expect(nowhere).rejects.toMatchObject({ kind: 'not_found' })
    const itself = () => linkRecords({ ctx: security, input: { ...risk, linkedKind: 'risk', linkedId: risk.recordId } })
    expect(itself).toThrow(/with itself/)
  })
})

describe('withdrawing', () => {
  test('leaves its trace and nothing to read, by the author or an administrator', async () => {
    const record = { recordKind: 'risk', recordId: await makeRisk() } as const
    const { id } = await attachFile({ ctx: security, input: { ...record, ...pdf('wrong') } })
    const other = await here.person(['security'])
    const reason = 'The wrong one'
    await expect(withdrawAnnotation({ ctx: other, input: { id, reason } })).rejects.toMatchObject({
      kind: 'permission_denied',
    })
    await expect(withdrawAnnotation({ ctx: elsewhere.admin, input: { id, reason } })).rejects.toMatchObject({
      kind: 'not_found',
    })
    await withdrawAnnotation({ ctx: security, input: { id, reason } })
    const [shown] = (await of(here.admin, record)).data
    expect(shown).toMatchObject({ id, text: '', file: null, withdrawn: { byName: security.actor.name, reason } })
    await expect(getFile(security, id)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(withdrawAnnotation({ ctx: here.admin, input: { id, reason } })).rejects.toThrow(/already/)
    expect(await system.annotation.count({ where: { id } })).toBe(1)
    const entry = { subjectId: record.recordId, action: 'risk.annotation_withdrawn', reason }
    expect(await system.auditEntry.count({ where: entry })).toBe(1)
  })

  test('is all that ever changes an annotation: the database refuses the rest', async () => {
    const { id } = await commentOnRecord({ ctx: security, input: { ...risk, text: 'As it was said' } })
    const change = system.annotation.update({ where: { id }, data: { text: 'Something else' } })
    await expect(change).rejects.toThrow(/never changed/)
  })
})
