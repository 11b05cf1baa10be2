import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutesDigest } from '#core/board/minutes.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { read } from '#lib/platform/transaction.ts'
import { makeBoard, type TestBoard } from '#test/board.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { approveMinutes } from './approve-minutes.ts'
import { circulateMinutes, editMinutes } from './edit-minutes.ts'
import { closeMeeting } from './hold-meeting.ts'
import { boardNeeds } from './needs.ts'
import { runBoards } from './run-boards.ts'

let removeDatabase: () => Promise<void>
let board: TestBoard
beforeAll(async () => {
  removeDatabase = await takeOwnDatabase()
  board = await makeBoard()
})
afterAll(() => removeDatabase?.())

const asks = async (ctx: Context) =>
  (await read(ctx, tx => boardNeeds(tx, ctx))).filter(({ kind }) => kind === 'board_minutes').length
const reminders = (ctx: Context) =>
  databases().system.notice.count({
    where: { personId: ctx.actor.id ?? '', occasion: { contains: ':reminder:' } },
  })

test('whoever approved minutes is asked again, and reminded, once their text has changed', async () => {
  const { id } = await board.session()
  const [secretary, member] = [board.secretary, board.member]
  await closeMeeting({ ctx: secretary, input: { id } })
  await circulateMinutes({ ctx: secretary, input: { id } })
  const { minutesText } = await databases().system.boardMeeting.findUniqueOrThrow({ where: { id } })
  await approveMinutes({ ctx: member, input: { id, digest: minutesDigest(minutesText) } })
  expect([await asks(member), await asks(board.chair)]).toEqual([0, 1])
  await editMinutes({ ctx: secretary, input: { id, text: `${minutesText}\nOne sentence more.`, reason: 'Left out' } })
  await circulateMinutes({ ctx: secretary, input: { id } })
  expect([await asks(member), await asks(board.chair)]).toEqual([1, 1])
  await runBoards(new Date(Date.now() + 8 * 86_400_000))
  expect([await reminders(member), await reminders(board.chair)]).toEqual([1, 1])
})
