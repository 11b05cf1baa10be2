import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Environment, readEnvironment } from '#lib/platform/env.ts'
import { Hindrance } from './progress.ts'

export interface Installation {
  /** Absolute path of GATEHOUSE_HOME. */
  home: string
  /** DATABASE_URL as the operator gave it; null: the embedded database. */
  givenDatabase: string | null
  env: Environment
  /** What every process is started with, once the database's URL is known. */
  variables(databaseUrl: string): NodeJS.ProcessEnv
}

export const ROOT = path.resolve(import.meta.dirname, '../..')
const UNKNOWN_YET = 'postgresql://localhost/unknown-yet'

/**
 * Reads and completes the environment: home made and writable, secret key kept in it unless given. Throws a
 * Hindrance with one line for each variable that is wrong.
 */
export async function readInstallation(mode: 'production' | 'development'): Promise<Installation> {
  const home = path.resolve(ROOT, process.env.GATEHOUSE_HOME || '.gatehouse')
  await makeHome(home)
  const given = {
    ...process.env,
    NODE_ENV: mode,
    GATEHOUSE_HOME: home,
    ...(process.env.GATEHOUSE_SECRET_KEY ? {} : await keptSecrets(home)),
  }
  const env = check({ ...given, DATABASE_URL: process.env.DATABASE_URL || UNKNOWN_YET })
  return {
    home,
    env,
    givenDatabase: process.env.DATABASE_URL || null,
    variables: databaseUrl => ({
      ...given,
      ...ports(env),
      GATEWAY_HOST: process.env.GATEWAY_HOST || env.GATEHOUSE_HOST,
      DATABASE_URL: databaseUrl,
      NEXT_TELEMETRY_DISABLED: '1',
    }),
  }
}

function ports(env: Environment) {
  const { PORT, GATEWAY_PORT, GATEWAY_ADMIN_PORT, SANDBOX_PORT, GATEHOUSE_SEED } = env
  return {
    PORT: String(PORT),
    GATEWAY_PORT: String(GATEWAY_PORT),
    GATEWAY_ADMIN_PORT: String(GATEWAY_ADMIN_PORT),
    SANDBOX_PORT: String(SANDBOX_PORT),
    GATEHOUSE_SEED,
  }
}

function check(source: NodeJS.ProcessEnv): Environment {
  try {
    return readEnvironment(source)
  } catch (error) {
    throw new Hindrance(`The environment is not right:\n${(error as Error).message}\nSee docs/configuration.md.`)
  }
}

async function makeHome(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true })
    await access(home, constants.W_OK)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new Hindrance(`${home} cannot be written to (${reason}). Name another folder with GATEHOUSE_HOME.`)
  }
}

/** The secret, and what `npm run rotate-secret` kept of the one before. */
async function keptSecrets(home: string): Promise<Record<string, string>> {
  const hashKey = (await readFile(path.join(home, 'key-hash-key'), 'utf8').catch(() => '')).trim()
  return {
    GATEHOUSE_SECRET_KEY: await keptSecret(path.join(home, 'secret-key')),
    ...(hashKey ? { GATEHOUSE_KEY_HASH_KEY: hashKey } : {}),
  }
}

async function keptSecret(file: string): Promise<string> {
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (kept) return kept
  const made = randomBytes(48).toString('base64url')
  await writeFile(file, `${made}\n`, { mode: 0o600 })
  return made
}
