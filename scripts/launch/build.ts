import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ROOT } from './environment.ts'
import { Hindrance } from './progress.ts'

/** What the portal's build is made of; anything else may change without building again. */
const SOURCES = ['app', 'components', 'core', 'lib', 'docs', 'public', 'prisma/schema']
const FILES = [
  'package-lock.json',
  'next.config.ts',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'tsconfig.json',
]

export const NEXT = path.join(ROOT, 'node_modules/next/dist/bin/next')

/** Builds the portal unless the last build is of the same sources. Returns whether it had to. */
export async function buildPortal(
  variables: NodeJS.ProcessEnv,
  logFile: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const stamp = path.join(ROOT, variables.NEXT_DIST_DIR ?? '.next', 'gatehouse-build')
  const wanted = await hashSources()
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return false
  await runBuild(variables, logFile, signal)
  await writeFile(stamp, wanted)
  return true
}

async function runBuild(variables: NodeJS.ProcessEnv, logFile: string, signal?: AbortSignal): Promise<void> {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
  const child = spawn(process.execPath, [NEXT, 'build'], { cwd: ROOT, env: variables, stdio, signal })
  child.on('error', () => undefined)
  const log = createWriteStream(logFile)
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log.write(text)
      said.push(...text.split('\n').filter(line => line.trim()))
      said.splice(0, said.length - 30)
    })
  }
  const code = await new Promise(resolve => child.once('close', resolve))
  log.end()
  if (code !== 0) throw new Hindrance(`The portal could not be built; all of it is in ${logFile}.\n${said.join('\n')}`)
}

async function hashSources(): Promise<string> {
  const found = await Promise.all(SOURCES.map(folder => listFiles(path.join(ROOT, folder))))
  const files = [...found.flat().sort(), ...FILES.map(name => path.join(ROOT, name))]
  const contents = await Promise.all(files.map(file => readFile(file).catch(() => Buffer.alloc(0))))
  const sum = createHash('sha256')
  files.forEach((file, index) => {
    sum.update(path.relative(ROOT, file)).update(contents[index] ?? '')
  })
  return sum.digest('hex')
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter(entry => entry.isFile() && !entry.name.includes('.test.'))
    .map(entry => path.join(entry.parentPath, entry.name))
}
