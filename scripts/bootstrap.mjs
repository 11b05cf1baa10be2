// Runs with whatever Node the machine has (18 or later): installs what is missing, then hands over to Node 24.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const NEEDED = 24
const NEEDS_NO_CLIENT = new Set(['verify-audit', 'bench'])
const began = Date.now()

const [command = '', ...rest] = process.argv.slice(2)
const script = path.join(ROOT, 'scripts', `${command}.ts`)
if (!/^[a-z-]+$/.test(command) || !existsSync(script)) {
  const known = readdirSync(path.join(ROOT, 'scripts')).filter(name => name.endsWith('.ts') && !name.includes('.test.'))
  fail(`There is no command "${command}". Commands: ${known.map(name => name.slice(0, -3)).join(', ')}`)
}

install()
const node = findNode()
if (!NEEDS_NO_CLIENT.has(command)) generateClient(node)
handOver(node)

/** Runs `npm ci` when the lock file differs from the one that was installed last. */
function install() {
  const lock = hash(['package-lock.json'])
  const stamp = path.join(ROOT, 'node_modules', '.gatehouse-install')
  if (read(stamp) === lock) return
  // Installed by hand since: npm's own record is newer than the lock file.
  const record = path.join(ROOT, 'node_modules', '.package-lock.json')
  if (
    existsSync(record) &&
    statSync(record).mtimeMs >= statSync(path.join(ROOT, 'package-lock.json')).mtimeMs - 10_000
  ) {
    writeFileSync(stamp, lock)
    return
  }
  say('installing packages from the lock file (a minute the first time) …')
  const flags = ['--prefer-offline', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund']
  let result = npm(['ci', ...flags])
  // A lock file written where a registry lacks other platforms' packages is incomplete for `npm ci`.
  if (/EUSAGE/.test(result.output)) result = npm(['install', '--no-save', ...flags])
  if (result.status !== 0) fail(explainInstall(result.output))
  writeFileSync(stamp, lock)
  say(`packages installed (${seconds(began)})`)
}

function npm(args) {
  const windows = process.platform === 'win32'
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', args, { cwd: ROOT, encoding: 'utf8', shell: windows })
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? result.error.message : ''}`
  return { status: result.status, output }
}

function explainInstall(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|ENOTCACHED/.test(output)) {
    return 'The npm registry cannot be reached and the packages are not in npm’s cache. Connect to it, or name a mirror with `npm config set registry <url>`.'
  }
  if (/ENOSPC/.test(output)) return 'The disk is full. The packages need about 1.5 GB.'
  if (/EACCES|EPERM|EROFS/.test(output)) return `The folder ${ROOT} cannot be written to.`
  const lines = output.split('\n').filter(line => line.startsWith('npm error'))
  return `The packages could not be installed: ${lines.slice(0, 3).join(' ') || output.slice(-400)}`
}

/** This Node if it is new enough, else the one that came with the packages. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return process.execPath
  const names = [`node-${process.platform}-${process.arch}`]
  const found = names.map(name => path.join(ROOT, 'node_modules', name, 'bin', 'node')).find(existsSync)
  if (found && spawnSync(found, ['--version']).status === 0) return found
  return fail(
    `Node ${NEEDED} is needed and is not packaged for ${os.platform()} ${os.arch()}. Install it from nodejs.org.`,
  )
}

/** Generates the database client when the schema differs from the one it was generated from. */
function generateClient(nodePath) {
  const folder = path.join(ROOT, 'prisma', 'schema')
  const files = readdirSync(folder).sort()
  const wanted = hash([...files.map(name => path.join('prisma/schema', name)), 'package-lock.json'])
  const stamp = path.join(ROOT, 'prisma', 'generated', '.gatehouse-schema')
  if (read(stamp) === wanted) return
  // Only the WebAssembly engine is used; naming any file keeps Prisma from looking for the native one.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: path.join(ROOT, 'package.json'),
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  }
  const cli = path.join(ROOT, 'node_modules', 'prisma', 'build', 'index.js')
  const result = spawnSync(nodePath, [cli, 'generate'], { cwd: ROOT, encoding: 'utf8', env })
  if (result.status !== 0) fail(`The database client could not be generated: ${result.stderr || result.stdout}`)
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

/** Runs the command's script and passes on signals and its exit code. */
function handOver(nodePath) {
  const bin = path.join(ROOT, 'node_modules', '.bin')
  const env = {
    ...process.env,
    PATH: [path.dirname(nodePath), bin, process.env.PATH].join(path.delimiter),
    GATEHOUSE_STARTED_AT: String(began),
  }
  const child = spawn(nodePath, ['--conditions=react-server', script, ...rest], { cwd: ROOT, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm does not pass on every signal: when it is gone, so is the wish to run.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) {
    setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref()
  }
  child.on('error', error => fail(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal] ?? 0)))
}

function hash(files) {
  const sum = createHash('sha256')
  for (const file of files) sum.update(readFileSync(path.join(ROOT, file)))
  return sum.digest('hex')
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}

function say(text) {
  process.stdout.write(`gatehouse  ${text}\n`)
}

function fail(text) {
  process.stderr.write(`gatehouse  ${text}\n`)
  process.exit(1)
}
