import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Hindrance } from './progress.ts'

const NAMES = ['redis-server', 'valkey-server']

/** A Redis or Valkey server on this machine: the one in GATEHOUSE_REDIS_SERVER, or the system's; null: none. */
export function findRedis(): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter).concat('/usr/bin', '/usr/local/bin')
  const candidates = [
    process.env.GATEHOUSE_REDIS_SERVER,
    ...NAMES.flatMap(name => folders.map(folder => path.join(folder, name))),
  ]
  return candidates.find(file => file && existsSync(file)) ?? null
}

/** As `findRedis`, but installs one when there is none. Throws a Hindrance when that fails. */
export function demandRedis(say: (text: string) => void): string {
  const found = findRedis()
  if (found) return found
  say('no Redis server found, installing one …')
  // Its package would start a server of its own; only the program is wanted.
  const install = 'RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends'
  const apt = `apt-get update -qq && (${install} redis-server || ${install} valkey-server)`
  const isDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (isDebian) spawnSync('sh', ['-c', apt], { stdio: 'ignore' })
  const installed = findRedis()
  if (installed) return installed
  throw new Hindrance(
    'There is no Redis server and none could be installed. Install redis-server or valkey-server, or name it in GATEHOUSE_REDIS_SERVER.',
  )
}
