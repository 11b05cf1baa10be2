import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Target } from './targets.ts'

const MAIN = fileURLToPath(new URL('../gateway/main.ts', import.meta.url))

/**
 * The gateway to measure: the one at GATEWAY_URL with the key GATEHOUSE_KEY, or one of its own.
 *
 * @returns null, after saying why, when there is none
 */
export async function startGatehouse(_upstream: string): Promise<Target | null> {
  const { GATEWAY_URL: url, GATEHOUSE_KEY: key } = process.env
  if (url && key) {
    return { name: 'gatehouse', url, headers: { authorization: `Bearer ${key}` }, pid: null, stop: async () => {} }
  }
  if (!existsSync(MAIN)) process.stderr.write('gatehouse is left out: there is no gateway/main.ts.\n')
  return null
}
