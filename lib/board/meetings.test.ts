import { beforeAll, describe, expect, test } from 'vitest'
import { minutesDigest } from '#core/board/minutes.ts'
import { findNeeds } from '#lib/home/needs.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { read } from '#lib/platform/transaction.ts'
import { CHARTER, makeBoard, type TestBoard } from '#test/board.ts'
import { makeOrganization } from '#test/organization.ts'
import { addActionItem, changeActionItem, closeActionItem } from './action-items.ts'
import { addItem, endItem, moveItem } from './agenda-items.ts'
import { appointMember, changeMember } from './appoint-member.ts'
import { approveMinutes } from './approve-minutes.ts'
import { calendarFeed, makeCalendarLink } from './calendar-link.ts'
import { cancelMeeting, changeMeeting } from './change-meeting.ts'
import { circulateMinutes, commentOnMinutes, editMinutes } from './edit-minutes.ts'
import { attendMeeting, closeMeeting, openMeeting } from './hold-meeting.ts'
import { getMeeting } from './meeting-queries.ts'
import { boardOverview, charterHistory, getCharter } from './queries.ts'
import { runBoards } from './run-boards.ts'
import { scheduleMeeting } from './schedule-meeting.ts'
import { setCharter } from './set-charter.ts'
import { putMotion } from './vote-on-item.ts'

const { system } = databases()
const DAY_MS = 86_400_000
let board: TestBoard
beforeAll(async () => {
  board = await makeBoard()
})

const noticesOf = (ctx: Context) =>
  system.notice.findMany({ where: { personId: ctx.actor.id ?? '' }, orderBy: { id: 'desc' } })
const refusal = (run: () => Promise<unknown>) => expect(Promise.resolve().then(run)).rejects

describe('the charter', () => {
  test('keeps every version, its seats among them', async () => {
    const fresh = await makeBoard()
    await setCharter({ ctx: fresh.secretary, input: { ...CHARTER, votingRule: 'unanimous', reason: 'Trust' } })
    const charter = await getCharter(fresh.chair)
    expect(charter).toMatchObject({ version: 5, votingRule: 'unanimous', quorumNeeded: 2 })
    expect(charter.members.map(({ role }) => role)).toEqual(['chair', 'secretary', 'member'])
    const [newest, before] = await charterHistory(fresh.chair)
    expect(newest).toMatchObject({ version: 5, reason: 'Trust', changes: [{ field: 'voting' }] })
    expect(before?.changes[0]?.field).toBe('members')
    const left = { id: charter.members[2]?.id, endsAt: new Date().toISOString(), reason: 'Moved on' }
    const after = await changeMember({ ctx: fresh.secretary, input: left })
    expect(after.members[2]?.inOffice).toBe(false)
    expect(after.quorumNeeded).toBe(2)
  })

  test('gives one seat a person, one chair a board, and none to who could not vote', async () => {
    const { admin, person } = board.organization
    const seat = (personId: string | null, role = 'member') => appointMember({ ctx: admin, input: { personId, role } })
    await refusal(() => seat(board.chair.actor.id)).toMatchObject({ kind: 'conflict' })
    const other = await person(['board_member'])
    await refusal(() => seat(other.actor.id, 'chair')).toMatchObject({ kind: 'conflict' })
    await refusal(async () => seat((await person(['developer'])).actor.id)).toThrow(/role Board member/)
  })

  test('says who runs the board: neither a member nor who only reads', async () => {
    const reader = await board.organization.person(['auditor'])
    for (const ctx of [board.member, reader]) {
      await refusal(() => setCharter({ ctx, input: CHARTER })).toMatchObject({ kind: 'permission_denied' })
      await refusal(() => scheduleMeeting({ ctx, input: {} })).toMatchObject({ kind: 'permission_denied' })
    }
    await refusal(() => getCharter({ ...board.chair, actor: { kind: 'agent', id: '', name: '' } })).toThrow()
    await refusal(async () => boardOverview(await board.organization.person(['developer']))).toMatchObject({
      kind: 'permission_denied',
    })
  })
})

describe('a meeting', () => {
  test('is scheduled by the cadence, moved with notice, and cancelled with its reason', async () => {
    const first = await scheduleMeeting({ ctx: board.secretary, input: {} })
    const second = await scheduleMeeting({ ctx: board.secretary, input: { location: 'Room 4' } })
    expect(Date.parse(second.startsAt)).toBeGreaterThan(Date.parse(first.startsAt))
    expect(second.number).toBe(first.number + 1)
    const startsAt = new Date(Date.now() + 3 * DAY_MS).toISOString()
    await changeMeeting({ ctx: board.secretary, input: { id: first.id, startsAt } })
    expect((await noticesOf(board.member))[0]?.title).toContain('has changed')
    await addItem({ ctx: board.secretary, input: { id: second.id, title: 'A policy dispute' } })
    await cancelMeeting({ ctx: board.secretary, input: { id: second.id, reason: 'The chair is ill' } })
    const cancelled = await getMeeting(board.chair, second.id)
    expect(cancelled).toMatchObject({ state: 'cancelled', cancelReason: 'The chair is ill' })
    expect(cancelled.agenda).toMatchObject([{ state: 'deferred' }])
    await refusal(() => openMeeting({ ctx: board.secretary, input: { id: second.id } })).toMatchObject({
      kind: 'conflict',
    })
    const next = await scheduleMeeting({ ctx: board.secretary, input: {} })
    expect((await getMeeting(board.chair, next.id)).agenda.map(({ title }) => title)).toContain('A policy dispute')
  })

  test('keeps the rules it began under, whatever the charter says later', async () => {
    const fresh = await makeBoard()
    const meeting = await fresh.session()
    const itemId = await fresh.motion(meeting.id)
    await setCharter({ ctx: fresh.secretary, input: { ...CHARTER, votingRule: 'unanimous' } })
    for (const ctx of [fresh.chair, fresh.member]) await fresh.vote(itemId, ctx, 'for')
    await fresh.vote(itemId, fresh.secretary, 'against')
    await fresh.decide(itemId)
    expect((await getMeeting(fresh.chair, meeting.id)).agenda[0]?.decision?.outcome).toBe('carried')
  })

  test('counts its quorum as people come and go, and decides nothing without one', async () => {
    const meeting = await board.session([board.chair])
    const quorum = async () => (await getMeeting(board.chair, meeting.id)).quorum
    expect(await quorum()).toMatchObject({ present: 1, needed: 2, met: false })
    const itemId = await board.motion(meeting.id)
    await board.vote(itemId, board.chair, 'for')
    await refusal(() => board.decide(itemId)).toThrow(/no quorum/)
    const seen = { id: meeting.id, personId: board.member.actor.id, present: true }
    await attendMeeting({ ctx: board.secretary, input: seen })
    expect(await quorum()).toMatchObject({ present: 2, met: true })
    await refusal(() =>
      attendMeeting({ ctx: board.member, input: { ...seen, personId: board.chair.actor.id } }),
    ).toThrow()
    await refusal(() => board.vote(itemId, board.secretary, 'for')).toThrow(/not present/)
    await refusal(() => board.vote(itemId, board.member, 'recused')).toThrow(/conflict of interest/)
    expect(await board.decide(itemId)).toMatchObject({ recorded: true })
  })

  test('votes on one motion at a time, in the order of its agenda', async () => {
    const meeting = await board.session()
    const ids: string[] = []
    for (const title of ['One', 'Two', 'Three']) {
      ids.push((await addItem({ ctx: board.secretary, input: { id: meeting.id, title } })).id)
    }
    await moveItem({ ctx: board.secretary, input: { id: ids[2], to: 1 } })
    const titles = (await getMeeting(board.chair, meeting.id)).agenda.map(({ title }) => title)
    expect(titles.slice(0, 1)).toEqual(['Three'])
    await putMotion({ ctx: board.secretary, input: { id: ids[0] } })
    await refusal(() => putMotion({ ctx: board.secretary, input: { id: ids[1] } })).toThrow(/“One” is being voted on/)
    await refusal(() => closeMeeting({ ctx: board.secretary, input: { id: meeting.id } })).toThrow(/being voted on/)
    const needs = await read(board.chair, tx => findNeeds(tx, board.chair))
    expect(needs.find(({ kind }) => kind === 'board_vote')?.title).toContain('One')
    await endItem({ ctx: board.secretary, input: { id: ids[0], as: 'deferred', reason: 'No figures yet' } })
    await putMotion({ ctx: board.secretary, input: { id: ids[1] } })
  })
})

describe('minutes', () => {
  test('are drafted from what happened, circulated, approved by most, and then frozen with their hash', async () => {
    const fresh = await makeBoard()
    const meeting = await fresh.session()
    const itemId = await fresh.motion(meeting.id)
    await fresh.vote(itemId, fresh.chair, 'for')
    await fresh.vote(itemId, fresh.member, 'against', 'Too soon')
    await fresh.vote(itemId, fresh.secretary, 'for')
    const { number } = await fresh.decide(itemId, { dissent: 'It is too soon' })
    await closeMeeting({ ctx: fresh.secretary, input: { id: meeting.id } })
    const id = meeting.id
    const minutes = async () => (await getMeeting(fresh.chair, id)).minutes
    const drafted = await minutes()
    expect(drafted).toMatchObject({ state: 'draft', approvalsNeeded: 2 })
    for (const part of [number, 'against (Too soon)', 'Dissent: It is too soon', '2 for, 1 against']) {
      expect(drafted.text).toContain(part)
    }
    const early = { id, digest: drafted.digest }
    await refusal(() => approveMinutes({ ctx: fresh.chair, input: early })).toMatchObject({ kind: 'conflict' })
    await circulateMinutes({ ctx: fresh.secretary, input: { id } })
    await approveMinutes({ ctx: fresh.chair, input: early })
    await commentOnMinutes({ ctx: fresh.member, input: { id, text: 'The room is missing' } })
    await editMinutes({ ctx: fresh.secretary, input: { id, text: `${drafted.text}\nHeld in room 4.` } })
    expect(await minutes()).toMatchObject({ state: 'draft', approvals: [] })
    await circulateMinutes({ ctx: fresh.secretary, input: { id } })
    await refusal(() => approveMinutes({ ctx: fresh.chair, input: early })).toThrow(/have changed/)
    const { digest } = await minutes()
    const outsider = await fresh.organization.person(['board_member'])
    await refusal(() => approveMinutes({ ctx: outsider, input: { id, digest } })).toThrow(/who were there/)
    for (const ctx of [fresh.chair, fresh.member]) await approveMinutes({ ctx, input: { id, digest } })
    const approved = await system.boardMeeting.findUniqueOrThrow({ where: { id } })
    expect(approved).toMatchObject({ minutesState: 'approved', minutesDigest: minutesDigest(approved.minutesText) })
    const edit = () => editMinutes({ ctx: fresh.secretary, input: { id, text: 'Rewritten' } })
    await refusal(edit).toThrow(/frozen/)
    const forged = system.boardMeeting.update({ where: { id }, data: { minutesText: 'Rewritten' } })
    await refusal(() => forged).toThrow(/frozen/)
  })

  test('that wait are approved by the next meeting as well', async () => {
    const fresh = await makeBoard()
    const first = await fresh.session()
    await closeMeeting({ ctx: fresh.secretary, input: { id: first.id } })
    await circulateMinutes({ ctx: fresh.secretary, input: { id: first.id } })
    const second = await fresh.session()
    const [item] = (await getMeeting(fresh.chair, second.id)).agenda
    expect(item).toMatchObject({ kind: 'minutes', subjectId: first.id })
    await putMotion({ ctx: fresh.secretary, input: { id: item?.id } })
    for (const ctx of [fresh.chair, fresh.member]) await fresh.vote(item?.id ?? '', ctx, 'for')
    const { number } = await fresh.decide(item?.id ?? '')
    const { minutes } = await getMeeting(fresh.chair, first.id)
    expect(minutes).toMatchObject({ state: 'approved', approvedBy: expect.stringContaining(number ?? '') })
  })
})

test('action items are told to their owner, and closed by them with evidence', async () => {
  const meeting = await board.session()
  const owner = await board.organization.person(['developer'])
  const dueAt = new Date(Date.now() + DAY_MS / 2).toISOString()
  const input = { meetingId: meeting.id, text: 'Write the report', ownerId: board.member.actor.id, dueAt }
  const { id } = await addActionItem({ ctx: board.secretary, input })
  const given = { id, ownerId: owner.actor.id, reason: 'Knows it' }
  await changeActionItem({ ctx: board.secretary, input: given })
  expect((await noticesOf(owner))[0]?.detail).toBe('Write the report')
  const done = (ctx: Context) => closeActionItem({ ctx, input: { id, evidence: 'Sent on Friday' } })
  await refusal(() => done(board.member)).toMatchObject({ kind: 'permission_denied' })
  const stranger = await board.organization.person(['developer'])
  await refusal(() => done(stranger)).toMatchObject({ kind: 'not_found' })
  expect(await done(owner)).toMatchObject({ state: 'done', evidence: 'Sent on Friday' })
})

test('time schedules the next meeting and reminds, each once', async () => {
  const fresh = await makeBoard()
  const of = { organizationId: fresh.organization.id }
  await runBoards()
  await runBoards()
  const [meeting, ...more] = await system.boardMeeting.findMany({ where: of })
  expect(more).toEqual([])
  const before = new Date((meeting?.startsAt.getTime() ?? 0) - DAY_MS / 2)
  await runBoards(before)
  await runBoards(before)
  const told = await system.notice.findMany({ where: { ...of, title: { contains: 'within a day' } } })
  expect(told).toHaveLength(3)
})

test('a calendar reads meetings by a secret address that ends with its person, or with a new one', async () => {
  const fresh = await makeBoard()
  const meeting = await scheduleMeeting({ ctx: fresh.secretary, input: {} })
  const link = async () => (await makeCalendarLink({ ctx: fresh.chair, input: {} })).url.split('/').at(-1) ?? ''
  const first = await link()
  const feed = (await calendarFeed(first)) ?? ''
  expect(feed).toContain(`UID:board-meeting-${meeting.id}@gatehouse`)
  expect(feed).toContain(`DTSTART:${meeting.startsAt.replace(/[-:]|\.000/g, '')}`)
  await cancelMeeting({ ctx: fresh.secretary, input: { id: meeting.id, reason: 'No agenda' } })
  const cancelled = (await calendarFeed(first)) ?? ''
  expect(cancelled).toMatch(/STATUS:CANCELLED/)
  expect(cancelled).toMatch(/SEQUENCE:2/)
  const second = await link()
  expect([await calendarFeed(first), await calendarFeed('x'.repeat(43))]).toEqual([null, null])
  await system.person.update({ where: { id: fresh.chair.actor.id ?? '' }, data: { status: 'deactivated' } })
  expect(await calendarFeed(second)).toBeNull()
})

test('another organization finds nothing of it', async () => {
  const elsewhere = await makeOrganization()
  const { id } = await board.session()
  await refusal(() => getMeeting(elsewhere.admin, id)).toMatchObject({ kind: 'not_found' })
  await refusal(() => openMeeting({ ctx: elsewhere.admin, input: { id } })).toMatchObject({ kind: 'not_found' })
  expect((await boardOverview(elsewhere.admin)).charter).toBeNull()
})
