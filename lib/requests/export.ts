import { type CsvColumn, toCsv } from '#lib/platform/csv.ts'
import { RequestDto } from './schema.ts'

const COLUMNS: CsvColumn<RequestDto>[] = (Object.keys(RequestDto.shape) as (keyof RequestDto)[]).map(name => ({
  header: name,
  value: row => row[name],
}))

/** Requests as CSV, one line each, every field of the list. */
export function requestsCsv(requests: readonly RequestDto[]): string {
  return toCsv(COLUMNS, requests)
}
