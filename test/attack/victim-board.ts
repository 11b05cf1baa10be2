import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { callApi } from '#test/api-caller.ts'
import { CHARTER } from '#test/board.ts'

/** A charter with one seat, a meeting in session, and a decision with a task on its agenda. */
export async function makeBoardOf(
  create: (path: string, body: object) => Promise<string>,
  admin: Context,
  token: string,
  marker: string,
): Promise<Record<string, string>> {
  const call = (path: string, body: object) => callApi('POST', path, { token, body })
  const charter = { ...CHARTER, name: marker, purpose: marker, quorum: { kind: 'number', members: 1 } }
  await callApi('PUT', '/board/charter', { token, body: charter })
  await create('/board/members', { personId: admin.actor.id, role: 'chair' })
  const { organizationId } = admin
  const { id: memberId } = await databases().system.boardMember.findFirstOrThrow({ where: { organizationId } })
  const meetingId = await create('/board/meetings', { title: marker })
  const itemId = await create(`/board/meetings/${meetingId}/items`, { title: marker })
  const decidedItem = await create(`/board/meetings/${meetingId}/items`, { title: marker })
  await call(`/board/meetings/${meetingId}/open`, {})
  await call(`/board/meetings/${meetingId}/attendance`, { personId: admin.actor.id, present: true })
  await call(`/board/items/${decidedItem}/motion`, {})
  await call(`/board/items/${decidedItem}/votes`, { personId: admin.actor.id, vote: 'for' })
  const decided = await call(`/board/items/${decidedItem}/decide`, { rationale: marker })
  const task = { meetingId, text: marker, ownerId: admin.actor.id, dueAt: '2199-01-01T00:00:00Z' }
  const actionItemId = await create('/board/action-items', task)
  return { memberId, meetingId, itemId, decisionId: String(decided.json.decisionId), actionItemId }
}
