'use server'

import { action } from '#lib/platform/action.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { listRequests } from '#lib/requests/queries.ts'
import { ListRequestsQuery } from '#lib/requests/schema.ts'

/** How many requests a query finds, counted up to its limit. */
export const countRequestsAction = action(async ({ ctx, input }) => {
  const { data, nextCursor } = await listRequests(ctx, parseInput(ListRequestsQuery, input))
  return { count: data.length, more: nextCursor !== null }
})
