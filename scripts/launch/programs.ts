import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Hindrance } from './progress.ts'

/** A program that tests need and npm does not have. */
export interface Program {
  /** What people call it. */
  readonly title: string
  /** Names it goes by, the preferred first. */
  readonly names: readonly string[]
  /** The variable that names its file. */
  readonly variable: string
  /** Debian packages that have it, the preferred first. */
  readonly packages: readonly string[]
}

/** A Redis or Valkey server. */
export const REDIS: Program = {
  title: 'Redis server',
  names: ['redis-server', 'valkey-server'],
  variable: 'GATEHOUSE_REDIS_SERVER',
  packages: ['redis-server', 'valkey-server'],
}

/** Prometheus' own checker of rules and figures. */
export const PROMTOOL: Program = {
  title: 'promtool',
  names: ['promtool'],
  variable: 'GATEHOUSE_PROMTOOL',
  packages: ['prometheus'],
}

/** The file of a program on this machine: the one its variable names, or one on the PATH; null: there is none. */
export function findProgram({ names, variable }: Program): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter).concat('/usr/bin', '/usr/local/bin')
  const candidates = [process.env[variable], ...names.flatMap(name => folders.map(folder => path.join(folder, name)))]
  return candidates.find(file => file && existsSync(file)) ?? null
}

/** As `findProgram`, but as root on Debian a missing one is installed. Throws a Hindrance when that fails. */
export function demandProgram(program: Program, say: (text: string) => void): string {
  const found = findProgram(program)
  if (found) return found
  say(`no ${program.title} found, installing one …`)
  if (isDebianRoot()) program.packages.some(name => installPackage(name))
  const installed = findProgram(program)
  if (installed) return installed
  throw new Hindrance(
    `There is no ${program.title} and none could be installed. Install ${program.packages.join(' or ')}, or name it in ${program.variable}.`,
  )
}

/** Whether Debian packages can be installed here. */
export function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Installs a Debian package without starting what it would run as a service; whether that went well. */
export function installPackage(name: string): boolean {
  const options = '-y -qq --no-install-recommends -o DPkg::Lock::Timeout=120'
  const install = `RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install ${options} ${name}`
  return spawnSync('sh', ['-c', `apt-get update -qq && ${install}`], { stdio: 'ignore' }).status === 0
}
