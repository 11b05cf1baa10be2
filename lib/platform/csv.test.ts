import { expect, test } from 'vitest'
import { toCsv } from './csv.ts'

const columns = [{ header: 'a, b', value: (row: { v: string | number | null }) => row.v }]

test.each([
  ['plain', 'plain'],
  ['say "hi", all', '"say ""hi"", all"'],
  ['=cmd()', "'=cmd()"],
  [-3, '-3'],
  [null, ''],
])('%s becomes %s', (given, written) => {
  expect(toCsv(columns, [{ v: given }])).toBe(`"a, b"\r\n${written}\r\n`)
})
