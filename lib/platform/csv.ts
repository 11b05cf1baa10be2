export interface CsvColumn<T> {
  header: string
  value(row: T): string | number | boolean | null | undefined
}

/** Rows as CSV (RFC 4180), with a header line; what is not known is an empty field, never 0. */
export function toCsv<T>(columns: readonly CsvColumn<T>[], rows: readonly T[]): string {
  const lines = rows.map(row => columns.map(column => field(column.value(row))).join(','))
  return `${[columns.map(column => field(column.header)).join(','), ...lines].join('\r\n')}\r\n`
}

/** Spreadsheets run a text that begins like a formula; a leading apostrophe keeps it a text. */
function field(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
