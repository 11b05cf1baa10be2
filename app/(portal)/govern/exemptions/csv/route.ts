import { newId } from '#core/ids.ts'
import { listExemptions } from '#lib/exemptions/queries.ts'
import { ExemptionDto, ListExemptionsQuery } from '#lib/exemptions/schema.ts'
import { requireContext } from '#lib/platform/auth/viewer.ts'
import { type CsvColumn, toCsv } from '#lib/platform/csv.ts'
import { DomainError, ERROR_KINDS, parseInput } from '#lib/platform/errors.ts'

const MOST = 10_000
const COLUMNS: CsvColumn<ExemptionDto>[] = (Object.keys(ExemptionDto.shape) as (keyof ExemptionDto)[]).map(name => ({
  header: name,
  value: row =>
    name === 'subject' ? `${row.subject.kind} ${row.subject.name}` : (row[name] as string | number | null),
}))

/** The register as the page with the same address shows it, as CSV. */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await requireContext(newId())
    const params = Object.fromEntries(new URL(request.url).searchParams)
    const rows: ExemptionDto[] = []
    let cursor: string | null = null
    do {
      const query = parseInput(ListExemptionsQuery, { ...params, limit: 200, ...(cursor ? { cursor } : {}) })
      const page = await listExemptions(ctx, query)
      rows.push(...page.data)
      cursor = page.nextCursor
    } while (cursor && rows.length < MOST)
    return new Response(toCsv(COLUMNS, rows), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="exemptions.csv"',
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return new Response(error.message, { status: ERROR_KINDS[error.kind].status })
  }
}
