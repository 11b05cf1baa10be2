import { newId } from '#core/ids.ts'
import { listDecisions } from '#lib/board/decision-queries.ts'
import { decisionsCsv } from '#lib/board/decisions-csv.ts'
import type { DecisionDto } from '#lib/board/dto.ts'
import { requireContext } from '#lib/platform/auth/viewer.ts'
import { DomainError, ERROR_KINDS } from '#lib/platform/errors.ts'
import { decisionsQuery } from '../decisions-address.ts'

const EACH = 200

/** All decisions that the register's address asks for, as CSV. */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await requireContext(newId())
    const { cursor: _, ...query } = decisionsQuery(Object.fromEntries(new URL(request.url).searchParams), EACH)
    const rows: DecisionDto[] = []
    for (let cursor: string | undefined; ; ) {
      const { data, nextCursor } = await listDecisions(ctx, { ...query, ...(cursor ? { cursor } : {}) })
      rows.push(...data)
      if (nextCursor === null) break
      cursor = nextCursor
    }
    return new Response(decisionsCsv(rows), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="board-decisions.csv"',
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return new Response(error.message, { status: ERROR_KINDS[error.kind].status })
  }
}
