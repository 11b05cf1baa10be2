import { randomBytes } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { deriveKey } from '#core/secrets.ts'
import { databases } from '#lib/platform/database.ts'
import { joinDatabase } from './launch/database.ts'
import { type Installation, readInstallation } from './launch/environment.ts'
import { Hindrance, main } from './launch/progress.ts'

const LATELY_MS = 60_000

/** `npm run rotate-secret`: replaces GATEHOUSE_SECRET_KEY by GATEHOUSE_NEW_SECRET_KEY, or by one that it makes. */
await main(async () => {
  const installation = await readInstallation('production')
  const before = installation.env.GATEHOUSE_SECRET_KEY
  const given = process.env.GATEHOUSE_SECRET_KEY !== undefined && process.env.GATEHOUSE_SECRET_KEY !== ''
  const after = process.env.GATEHOUSE_NEW_SECRET_KEY || (given ? '' : randomBytes(48).toString('base64url'))
  if (after.length < 32)
    throw new Hindrance('GATEHOUSE_NEW_SECRET_KEY: at least 32 characters (openssl rand -base64 48)')
  if (after === before) throw new Hindrance('GATEHOUSE_NEW_SECRET_KEY: it is the secret in use. Name another one.')
  const database = await joinDatabase(installation)
  try {
    Object.assign(process.env, installation.variables(database.url))
    await refuseWhileRunning()
    const { rotateSecret } = await import('#lib/platform/rotate-secret.ts')
    const { organizations, rewrapped, unreadable } = await rotateSecret(before, after)
    process.stdout.write(`${rewrapped} secrets of ${organizations} organizations are sealed under the new key.\n`)
    for (const what of unreadable) process.stdout.write(`opens with neither key, left as it is: ${what}\n`)
    const hashKey = installation.env.GATEHOUSE_KEY_HASH_KEY ?? deriveKey(before, 'api-key-hash').toString('base64url')
    if (given) tellOperator(hashKey)
    else await keepInHome(installation, after, hashKey)
  } finally {
    await Promise.all([databases().app.$disconnect(), databases().system.$disconnect()])
    await database.stop()
  }
  return 0
})

/** A gateway that runs could not open what is sealed anew, and its spool could not be opened by the next one. */
async function refuseWhileRunning(): Promise<void> {
  const lastSeenAt = { gt: new Date(Date.now() - LATELY_MS) }
  const running = await databases().system.gatewayReplica.findMany({ where: { lastSeenAt }, select: { name: true } })
  if (running.length === 0) return
  const names = running.map(({ name }) => name).join(', ')
  throw new Hindrance(
    `Stop the product first and let its gateways end in order, so that they ship what they hold: ${names} was heard of within a minute.`,
  )
}

function tellOperator(hashKey: string): void {
  process.stdout.write(
    `Start every process with GATEHOUSE_SECRET_KEY set to the new key, and with\nGATEHOUSE_KEY_HASH_KEY=${hashKey}\nso that API keys and service tokens go on working. Keep it as secret as the key.\n`,
  )
}

async function keepInHome({ home }: Installation, after: string, hashKey: string): Promise<void> {
  const keep = async (name: string, text: string) => {
    await writeFile(path.join(home, `${name}.new`), `${text}\n`, { mode: 0o600 })
    await rename(path.join(home, `${name}.new`), path.join(home, name))
  }
  await keep('key-hash-key', hashKey)
  await keep('secret-key', after)
  process.stdout.write(`The new key is in ${path.join(home, 'secret-key')}. Start the product as before.\n`)
}
