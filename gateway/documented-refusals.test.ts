import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

/** The codes that the gateway's source gives to refusals. */
async function codes(): Promise<string[]> {
  const found = new Set<string>()
  for await (const file of glob('gateway/**/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts')) continue
    const source = readFileSync(path.join(root, file), 'utf8')
    for (const [, code] of source.matchAll(/new Refusal\(\s*[\w.]+,\s*'([a-z_]+)'/g)) found.add(code ?? '')
  }
  return [...found].sort()
}

test('every refusal of the gateway is explained where its error leads', async () => {
  const page = readFileSync(path.join(root, 'docs/errors.md'), 'utf8')
  const all = await codes()
  expect(all.length).toBeGreaterThan(40)
  expect(all.filter(code => !new RegExp(`^(\\| .*\`${code}\`.* \\| \\d{3}|## ${code}$)`, 'm').test(page))).toEqual([])
})
