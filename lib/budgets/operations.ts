import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { archiveBudget } from './archive-budget.ts'
import { budgetHistory } from './budget-history.ts'
import { createBudget } from './create-budget.ts'
import { listIncreaseRequests } from './increase-requests.ts'
import { getBudget, listBudgets } from './queries.ts'
import { requestIncrease } from './request-increase.ts'
import {
  ArchiveBudgetInput,
  BudgetDetailDto,
  BudgetDto,
  CreateBudgetInput,
  IncreaseRequestDto,
  ListBudgetsQuery,
  RequestIncreaseInput,
  UpdateBudgetInput,
} from './schema.ts'
import { updateBudget } from './update-budget.ts'

export const budgetOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/budgets',
    summary: 'List budgets with what is left of them',
    permission: 'budgets.read',
    query: ListBudgetsQuery,
    response: pageOf(BudgetDto),
    run: ({ ctx, query }) => listBudgets(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/budgets',
    summary: 'Set a budget',
    permission: 'budgets.manage',
    body: CreateBudgetInput,
    response: BudgetDto,
    status: 201,
    run: ({ ctx, body }) => createBudget({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/budgets/{id}',
    summary: 'One budget with its course, forecast and who spends it',
    permission: 'budgets.read',
    response: BudgetDetailDto,
    run: ({ ctx, params }) => getBudget(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/budgets/{id}',
    summary: 'Change a budget; its history keeps what it was',
    permission: 'budgets.manage',
    body: UpdateBudgetInput.omit({ id: true }),
    response: BudgetDto,
    run: ({ ctx, params, body }) => updateBudget({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/budgets/{id}/archive',
    summary: 'Take a budget out of force',
    permission: 'budgets.manage',
    body: ArchiveBudgetInput.omit({ id: true }),
    response: BudgetDto,
    run: ({ ctx, params, body }) => archiveBudget({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/budgets/{id}/history',
    summary: 'What a budget was after each change, and why',
    permission: 'budgets.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx, params }) => onePage(await budgetHistory(ctx, params.id ?? '')),
  }),
  defineOperation({
    method: 'GET',
    path: '/budgets/{id}/increase-requests',
    summary: 'List requests for a higher limit',
    permission: 'budgets.read',
    response: pageOf(IncreaseRequestDto),
    run: async ({ ctx, params }) => onePage(await listIncreaseRequests(ctx, params.id ?? '')),
  }),
  defineOperation({
    method: 'POST',
    path: '/budgets/{id}/increase-requests',
    summary: 'Ask for a higher limit',
    permission: 'budgets.request',
    body: RequestIncreaseInput.omit({ id: true }),
    response: IncreaseRequestDto,
    status: 201,
    run: ({ ctx, params, body }) => requestIncrease({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
