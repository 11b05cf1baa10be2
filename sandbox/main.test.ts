import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...environment } })
  const output = { out: '', err: '' }
  child.stdout.on('data', text => {
    output.out += text
  })
  child.stderr.on('data', text => {
    output.err += text
  })
  return { child, output }
}

describe('the sandbox process', () => {
  it('listens, and ends cleanly on SIGTERM', async () => {
    const { child, output } = start({ SANDBOX_PORT: '0' })
    while (!output.out.includes('\n')) await once(child.stdout, 'data')
    const url = output.out.match(/http:\S+/)?.[0] ?? ''
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('names the setting that is wrong, and does not start', async () => {
    const { child, output } = start({ SANDBOX_PORT: 'seventy' })
    expect(await once(child, 'close')).toEqual([1, null])
    expect(output.err).toContain('SANDBOX_PORT')
  })
})
