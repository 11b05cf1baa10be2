import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** Installs the load generator and the peers from the benchmarks' own lock file, once. */
export function installPeers(): void {
  if (existsSync(`${FOLDER}node_modules/autocannon`)) return
  process.stdout.write('installing the load generator and the peers …\n')
  const flags = ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', flags, { cwd: FOLDER, stdio: 'inherit', shell: process.platform === 'win32' })
}
