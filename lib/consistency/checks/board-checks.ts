import type { ConsistencyCheck } from '../check.ts'

export const BOARD_CHECKS: readonly ConsistencyCheck[] = [
  {
    id: 'board-seats-can-vote',
    title: 'Every seat on the review board is held by somebody who works here and may vote',
    consequence: 'The seat counts towards the quorum, and nobody can fill it.',
    severity: 'warning',
    async run(tx, { organizationId }) {
      const now = new Date()
      const seats = await tx.boardMember.findMany({
        where: { organizationId, startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
        orderBy: { personName: 'asc' },
      })
      const people = await tx.person.findMany({
        where: {
          organizationId,
          id: { in: seats.map(({ personId }) => personId) },
          status: 'active',
          roles: { hasSome: ['board_member', 'administrator'] },
        },
        select: { id: true },
      })
      const able = new Set(people.map(({ id }) => id))
      const unable = seats.filter(({ personId }) => !able.has(personId))
      return unable.map(({ id, personName }) => ({
        subject: { kind: 'board_member', id, name: personName },
        message: `${personName} has a seat on the review board and cannot vote`,
        fix: { text: 'End the term, or give the role Board member', href: '/govern/board/charter' },
      }))
    },
  },
  {
    id: 'board-conditions-are-met',
    title: 'Every condition of the review board is met by its day',
    consequence: 'What the board allowed on a condition goes on without it.',
    severity: 'warning',
    async run(tx, { organizationId }) {
      const overdue = await tx.boardActionItem.findMany({
        where: { organizationId, kind: 'condition', state: 'open', dueAt: { lt: new Date() } },
        orderBy: { dueAt: 'asc' },
      })
      return overdue.map(({ id, text, ownerName }) => ({
        subject: { kind: 'board_action_item', id, name: text },
        message: `${ownerName} has not met “${text}”`,
        fix: { text: 'Meet it, or bring it before the board', href: `/govern/board/action-items?open=${id}` },
      }))
    },
  },
]
