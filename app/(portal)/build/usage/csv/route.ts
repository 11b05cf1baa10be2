import { newId } from '#core/ids.ts'
import { requireContext } from '#lib/platform/auth/viewer.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { DomainError, ERROR_KINDS } from '#lib/platform/errors.ts'
import { usageCsv } from '#lib/usage/export.ts'
import { usageSummary } from '#lib/usage/queries.ts'
import { readUsageAddress } from '../_components/usage-address.ts'

/** The table of the Usage page with the same address, as CSV. */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await requireContext(newId())
    const params = Object.fromEntries(new URL(request.url).searchParams)
    const granted = requirePermission(ctx, 'usage.read')
    const { range, filters, by } = readUsageAddress(params, granted, ctx.actor.id ?? '')
    const summary = await usageSummary(ctx, { from: range.from, to: range.to, ...filters, groupBy: by })
    return new Response(usageCsv(summary), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="usage-by-${by}.csv"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return new Response(error.message, { status: ERROR_KINDS[error.kind].status })
  }
}
