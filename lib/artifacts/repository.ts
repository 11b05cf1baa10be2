import fs from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import git, { type TreeEntry } from 'isomorphic-git'
import type { ArtifactFile } from '#core/artifacts/artifact.ts'
import { env } from '#lib/platform/env.ts'

export const MAIN = 'main'
const FILE = '100644'
const FOLDER = '040000'

/** Where an organization's repository is kept: a bare one, made again from the database whenever it is lost. */
export function repositoryOf(organizationId: string): string {
  return path.join(path.resolve(env().GATEHOUSE_HOME), 'artifacts', `${organizationId}.git`)
}

/** Makes an empty repository, in place of what is there. */
export async function makeRepository(gitdir: string): Promise<void> {
  await rm(gitdir, { recursive: true, force: true })
  await mkdir(gitdir, { recursive: true })
  await git.init({ fs, gitdir, bare: true, defaultBranch: MAIN })
}

/** The newest commit of a branch; null when there is none, or no repository. */
export async function headOf(gitdir: string, ref = MAIN): Promise<string | null> {
  return git.resolveRef({ fs, gitdir, ref }).catch(() => null)
}

/** Whether a commit is there, whole enough to go on from. */
export async function hasCommit(gitdir: string, oid: string): Promise<boolean> {
  return git.readTree({ fs, gitdir, oid }).then(
    () => true,
    () => false,
  )
}

export interface NewCommit {
  readonly parent: string | null
  readonly files: readonly ArtifactFile[]
  /** Files that go: a record that was renamed has others now. */
  readonly gone: readonly string[]
  readonly message: string
  readonly author: { readonly name: string; readonly email: string }
  readonly at: Date
}

const COMMITTER = { name: 'Gatehouse', email: 'gatehouse@localhost' }

/** Writes a commit after its parent and moves the branch to it. The same commit gets the same name each time. */
export async function commit(gitdir: string, made: NewCommit): Promise<string> {
  const { parent, message, author, at } = made
  const tree = await treeWith(gitdir, parent, made)
  const when = { timestamp: Math.floor(at.getTime() / 1_000), timezoneOffset: 0 }
  return git.commit({
    fs,
    gitdir,
    message,
    tree,
    ref: `refs/heads/${MAIN}`,
    parent: parent === null ? [] : [parent],
    author: { ...author, ...when },
    committer: { ...COMMITTER, ...when },
  })
}

/** Files are two levels deep: a folder for each kind of record. */
async function treeWith(gitdir: string, parent: string | null, { files, gone }: NewCommit): Promise<string> {
  const root = parent === null ? [] : (await git.readTree({ fs, gitdir, oid: parent })).tree
  const folders = new Set([...files.map(file => file.path), ...gone].map(file => path.posix.dirname(file)))
  const changed = new Map(root.map(entry => [entry.path, entry]))
  for (const folder of folders) {
    const held = changed.get(folder)
    const entries = held ? (await git.readTree({ fs, gitdir, oid: held.oid })).tree : []
    const byName = new Map<string, TreeEntry>(entries.map(entry => [entry.path, entry]))
    for (const file of gone) if (path.posix.dirname(file) === folder) byName.delete(path.posix.basename(file))
    for (const { path: file, content } of files) {
      if (path.posix.dirname(file) !== folder) continue
      const name = path.posix.basename(file)
      const oid = await git.writeBlob({ fs, gitdir, blob: Buffer.from(content) })
      byName.set(name, { mode: FILE, path: name, oid, type: 'blob' })
    }
    const oid = await git.writeTree({ fs, gitdir, tree: [...byName.values()] })
    changed.set(folder, { mode: FOLDER, path: folder, oid, type: 'tree' })
  }
  return git.writeTree({ fs, gitdir, tree: [...changed.values()] })
}

/** The files of a commit that are wanted, by their paths; null when the branch is not there. */
export async function filesOf(
  gitdir: string,
  ref: string,
  wanted: { has(path: string): boolean },
): Promise<Map<string, string> | null> {
  const oid = await headOf(gitdir, ref)
  if (oid === null) return null
  const files = new Map<string, string>()
  const walk = async (tree: string, prefix: string): Promise<void> => {
    for (const entry of (await git.readTree({ fs, gitdir, oid: tree })).tree) {
      const name = `${prefix}${entry.path}`
      if (entry.type === 'tree' && prefix === '') await walk(entry.oid, `${name}/`)
      if (entry.type === 'blob' && wanted.has(name)) {
        const { blob } = await git.readBlob({ fs, gitdir, oid: entry.oid })
        files.set(name, Buffer.from(blob).toString('utf8'))
      }
    }
  }
  await walk(oid, '')
  return files
}
