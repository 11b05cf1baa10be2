import { access } from 'node:fs/promises'
import path from 'node:path'
import { withClient } from './database.ts'
import { reachable } from './plans.ts'
import type { Product } from './product.ts'
import { elapsed } from './progress.ts'

/** Says where to go, how to sign in, and a call that works. */
export async function printGuidance(product: Product): Promise<void> {
  const { env, home } = product.installation
  const portal = env.GATEHOUSE_PUBLIC_URL ?? `http://localhost:${env.PORT}`
  const gateway = env.GATEHOUSE_GATEWAY_URL ?? `http://${reachable(env.GATEHOUSE_HOST)}:${env.GATEWAY_PORT}`
  const lines = [
    `Gatehouse is ready after ${elapsed()}.`,
    '',
    `  Portal    ${portal}`,
    `  Gateway   ${gateway}`,
    `  Sign in   ${await signIn(product, portal)}`,
    '',
    ...(await firstCall(home, gateway)),
    '',
    `  Logs are in ${path.join(home, 'logs')}. Ctrl-C stops everything.`,
  ]
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
}

async function signIn(product: Product, portal: string): Promise<string> {
  const found = await withClient(product.databaseUrl, client =>
    client.query('select bool_or(demo) as demo from organizations where removed_at is null having count(*) > 0'),
  )
  const state = found.rows[0] as { demo: boolean } | undefined
  if (state?.demo) return `${portal}/sign-in, then choose one of the people of the demonstration`
  if (state) return `${portal}/sign-in; a link for one person: npm run sign-in-link -- <e-mail>`
  Object.assign(process.env, product.installation.variables(product.databaseUrl))
  const { setUpCode } = await import('#lib/platform/auth/set-up-code.ts')
  return `${portal}/setup with the set-up code ${setUpCode()}`
}

async function firstCall(home: string, gateway: string): Promise<string[]> {
  const file = path.join(home, 'demo-key')
  const held = await access(file).then(
    () => true,
    () => false,
  )
  if (!held) return ['  A first call: issue an API key under Build → API keys; it comes with code to paste.']
  const body = '{"model":"sandbox-gpt","messages":[{"role":"user","content":"Hello"}]}'
  return [
    '  A first call:',
    `  curl ${gateway}/v1/chat/completions -H "Authorization: Bearer $(cat ${file})" -H 'Content-Type: application/json' -d '${body}'`,
  ]
}
