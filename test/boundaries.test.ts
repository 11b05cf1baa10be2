import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
const BIOME = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome')

/** For each room, what it must not import, and what it may. */
const RULES: Record<string, { refused: string[]; allowed: string[] }> = {
  app: {
    refused: ['#gateway/server.ts', '#worker/main.ts', '#prisma/generated/client.ts', '../../gateway/server.ts'],
    allowed: ['#lib/keys/queries.ts', '#components/ui/button.tsx', '#core/ids.ts', 'react'],
  },
  components: {
    refused: [
      '#lib/keys/queries.ts',
      '../../lib/keys/queries.ts',
      '#app/page.tsx',
      '#prisma/generated/client.ts',
      'pg',
    ],
    allowed: ['#core/ids.ts', '../ui/button.tsx', 'react'],
  },
  lib: {
    refused: ['#app/page.tsx', '#components/ui/button.tsx', '#gateway/server.ts', '#worker/main.ts', '#test/a.ts'],
    allowed: ['#core/ids.ts', '../platform/env.ts', '#prisma/generated/client.ts'],
  },
  worker: {
    refused: ['#app/page.tsx', '#gateway/server.ts', '#prisma/generated/client.ts', '../../sandbox/main.ts'],
    allowed: ['#lib/keys/issue-key.ts', '#core/ids.ts', 'pg-boss'],
  },
  gateway: {
    refused: ['#lib/platform/env.ts', '../../lib/platform/env.ts', 'react', 'next/server', '@prisma/client'],
    allowed: ['#core/ids.ts', '../server.ts', 'fastify', 'pg', 'undici'],
  },
  sandbox: {
    refused: ['#lib/platform/env.ts', '#gateway/server.ts', 'next', 'pg'],
    allowed: ['#core/ids.ts', 'node:http'],
  },
  core: {
    refused: ['#lib/platform/env.ts', '#gateway/server.ts', 'node:fs', 'node:fs/promises', 'react', 'undici', 'pg'],
    allowed: ['../ids.ts', 'node:crypto', 'zod'],
  },
  scripts: {
    refused: ['#lib/keys/issue-key.ts', '#app/page.tsx', '#gateway/server.ts', '#components/format.ts'],
    allowed: ['#lib/platform/env.ts', '#lib/platform/auth/session.ts', '#core/ids.ts', '#prisma/seed/run.ts'],
  },
  sdk: {
    refused: ['#core/ids.ts', '../../core/ids.ts', '#lib/platform/env.ts'],
    allowed: ['./client.ts'],
  },
}

let folder: string
/** Path of each planted file whose import the lint refuses. */
let refused: Set<string>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-boundaries-'))
  const config = JSON.parse(await readFile(path.join(ROOT, 'biome.json'), 'utf8'))
  await writeFile(path.join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }))
  for (const [room, { refused: bad, allowed: good }] of Object.entries(RULES)) {
    await mkdir(path.join(folder, room, 'planted'), { recursive: true })
    for (const [index, source] of [...bad, ...good].entries()) {
      const code = `import { planted } from '${source}'\n\nexport const used = planted\n`
      await writeFile(path.join(folder, fileOf(room, index)), code)
    }
  }
  refused = await lint()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const fileOf = (room: string, index: number) => `${room}/planted/case-${index}.ts`

function lint(): Promise<Set<string>> {
  const args = [BIOME, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 32_000_000 }, (_, output) => {
      const found = new Set<string>()
      const start = output.indexOf('{')
      if (start < 0) return reject(new Error(`the linter said nothing: ${output}`))
      for (const diagnostic of JSON.parse(output.slice(start)).diagnostics) {
        if (diagnostic.category !== 'lint/style/noRestrictedImports') continue
        const { path: file } = diagnostic.location
        found.add(path.normalize(typeof file === 'string' ? file : file.file))
      }
      resolve(found)
    })
  })
}

const cases = Object.entries(RULES).flatMap(([room, rule]) =>
  [...rule.refused, ...rule.allowed].map((source, index) => ({
    room,
    source,
    file: fileOf(room, index),
    verdict: index < rule.refused.length ? 'refused' : 'allowed',
  })),
)

test.each(cases)('$source from $room is $verdict', ({ file, verdict }) => {
  expect(refused.has(file) ? 'refused' : 'allowed').toBe(verdict)
})
