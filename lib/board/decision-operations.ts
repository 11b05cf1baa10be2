import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { listActionItems } from './action-item-queries.ts'
import { addActionItem, changeActionItem, closeActionItem } from './action-items.ts'
import { changeItem, endItem, moveItem } from './agenda-items.ts'
import { decideItem } from './decide-item.ts'
import { getDecision, listDecisions } from './decision-queries.ts'
import { ActionItemDto, DecisionDetailDto, DecisionDto, RecordedDto } from './dto.ts'
import {
  AddActionItemInput,
  ChangeActionItemInput,
  ChangeItemInput,
  CloseActionItemInput,
  DecideItemInput,
  EndItemInput,
  ListActionItemsQuery,
  ListDecisionsQuery,
  MoveItemInput,
  VoteInput,
} from './schema.ts'
import { putMotion, takeUpItem, voteOnItem } from './vote-on-item.ts'

const Named = z.strictObject({ id: z.uuid() })
const withId = (body: unknown, params: Record<string, string>) => ({ ...(body as object), id: params.id })

/** Agenda items, votes, decisions and what follows from them. */
export const boardDecisionOperations: Operation[] = [
  defineOperation({
    method: 'PATCH',
    path: '/board/items/{id}',
    summary: 'Change the words of an agenda item',
    permission: 'board.manage',
    body: ChangeItemInput.omit({ id: true }),
    response: Named,
    run: ({ ctx, params, body }) => changeItem({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/items/{id}/move',
    summary: 'Move an item to a place of the agenda',
    permission: 'board.manage',
    body: MoveItemInput.omit({ id: true }),
    response: Named,
    run: ({ ctx, params, body }) => moveItem({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/items/{id}/end',
    summary: 'End an item without a decision',
    permission: 'board.manage',
    body: EndItemInput.omit({ id: true }),
    response: Named,
    run: ({ ctx, params, body }) => endItem({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/items/{id}/take-up',
    summary: 'Take an item up',
    permission: 'board.manage',
    response: Named,
    run: ({ ctx, params }) => takeUpItem({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/items/{id}/motion',
    summary: 'Put the motion of an item to the vote',
    permission: 'board.manage',
    response: Named,
    run: ({ ctx, params }) => putMotion({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/items/{id}/votes',
    summary: 'Vote on the motion that is put',
    permission: 'board.vote',
    body: VoteInput.omit({ id: true }),
    response: Named,
    run: ({ ctx, params, body }) => voteOnItem({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/items/{id}/decide',
    summary: 'Record what the vote decided, and carry it out',
    permission: 'board.manage',
    body: DecideItemInput.omit({ id: true }),
    response: RecordedDto,
    run: ({ ctx, params, body }) => decideItem({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'GET',
    path: '/board/decisions',
    summary: 'Search the register of decisions, newest first',
    permission: 'board.read',
    query: ListDecisionsQuery,
    response: pageOf(DecisionDto),
    run: ({ ctx, query }) => listDecisions(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/board/decisions/{id}',
    summary: 'One decision with its votes, conditions and history',
    permission: 'board.read',
    response: DecisionDetailDto,
    run: ({ ctx, params }) => getDecision(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'GET',
    path: '/board/action-items',
    summary: 'List action items and conditions: all, or one’s own',
    permission: 'board.read',
    query: ListActionItemsQuery,
    response: pageOf(ActionItemDto),
    run: ({ ctx, query }) => listActionItems(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/action-items',
    summary: 'Give somebody a task from a meeting',
    permission: 'board.manage',
    body: AddActionItemInput,
    response: ActionItemDto,
    status: 201,
    run: ({ ctx, body }) => addActionItem({ ctx, input: body }),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/board/action-items/{id}',
    summary: 'Give an action item to another, or more time',
    permission: 'board.manage',
    body: ChangeActionItemInput.omit({ id: true }),
    response: ActionItemDto,
    run: ({ ctx, params, body }) => changeActionItem({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/action-items/{id}/close',
    summary: 'Say what shows that an action item is done',
    permission: 'board.read',
    body: CloseActionItemInput.omit({ id: true }),
    response: ActionItemDto,
    run: ({ ctx, params, body }) => closeActionItem({ ctx, input: withId(body, params) }),
  }),
]
