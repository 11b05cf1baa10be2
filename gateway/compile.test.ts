import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-compiled-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What became of each module whose types have to be taken away, as Node tells it. */
function compile(): { kept: string[]; missed: string[] } {
  const main = path.resolve(import.meta.dirname, 'main.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-semi-space-size=12', main, 'compile'], {
    env: { ...process.env, NODE_COMPILE_CACHE: folder, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  expect(status, stderr.slice(-500)).toBe(0)
  const told = `${stdout}${stderr}`
  const files = (what: RegExp) => [...told.matchAll(what)].map(([, file = '']) => path.basename(file))
  return {
    kept: files(/retrieving transpile cache for \w+ file:\/\/(\S+\.ts)\.\.\.\s*success/g),
    missed: files(/saving transpilation cache for \w+ file:\/\/(\S+\.ts)/g),
  }
}

test('what a gateway and its threads are made of is found without types by the next one', () => {
  const first = compile()
  expect(first.missed).toEqual(expect.arrayContaining(['main.ts', 'content-worker.ts', 'inspection-worker.ts']))
  const second = compile()
  expect(second.missed).toEqual([])
  expect(second.kept).toEqual(
    expect.arrayContaining(['main.ts', 'gateway.ts', 'content-worker.ts', 'inspection-worker.ts', 'inspect-text.ts']),
  )
})
