import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import { type GitServer, startGitServer } from '#test/git-server.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { gitHttp } from './git-http.ts'
import { keepArtifacts } from './keep-artifacts.ts'
import { pushArtifacts } from './push-artifacts.ts'
import { getRepository } from './queries.ts'
import { removeRemote } from './remove-remote.ts'
import { repositoryOf } from './repository.ts'
import { setRemote } from './set-remote.ts'

let here: TestOrganization
let server: GitServer
beforeAll(async () => {
  here = await makeOrganization()
  server = await startGitServer('right')
})
afterAll(async () => {
  await server.close()
  await rm(repositoryOf(here.id), { recursive: true, force: true })
})

async function change(name: string): Promise<void> {
  const record = { kind: 'example', id: newId(), name, version: 1, document: { name }, reason: '' }
  const words = { before: null, after: { name }, action: 'example.made' }
  await transact(here.admin, tx => keepVersion(tx, here.admin, { ...record, ...words }))
  await keepArtifacts(here.id)
}

const remoteOf = async () => (await getRepository(here.admin)).remote

test('commits go to the remote, with the password, and a refusal is shown until it is mended', async () => {
  await change('First')
  const given = { url: server.url, allowPrivateNetwork: true }
  await setRemote({ ctx: here.admin, input: { ...given, password: 'wrong' } })
  expect(await pushArtifacts()).toEqual({ pushed: 0, failed: 1 })
  expect((await remoteOf())?.problem).toBeTruthy()
  await setRemote({ ctx: here.admin, input: { ...given, password: 'right' } })
  expect(await pushArtifacts()).toEqual({ pushed: 1, failed: 0 })
  expect(await pushArtifacts()).toEqual({ pushed: 0, failed: 0 })
  expect(await remoteOf()).toMatchObject({
    problem: null,
    hasPassword: true,
    pushedOid: server.git('rev-parse', 'main').trim(),
  })
  await change('Second')
  await pushArtifacts()
  expect(server.git('rev-list', '--count', 'main').trim()).toBe('2')
  const stored = await databases().system.artifactRemote.findUniqueOrThrow({ where: { organizationId: here.id } })
  expect(stored.password).not.toContain('right')
  expect(JSON.stringify(await remoteOf())).not.toContain('right')
})

test('a branch with commits of others is never overwritten', async () => {
  const tree = server.git('write-tree').trim()
  const theirs = server
    .git('-c', 'user.name=Other', '-c', 'user.email=o@example.test', 'commit-tree', tree, '-m', 'theirs')
    .trim()
  server.git('update-ref', 'refs/heads/taken', theirs)
  await setRemote({ ctx: here.admin, input: { url: server.url, allowPrivateNetwork: true, branch: 'taken' } })
  expect(await pushArtifacts()).toEqual({ pushed: 0, failed: 1 })
  expect(server.git('rev-parse', 'taken').trim()).toBe(theirs)
  expect((await remoteOf())?.problem).toMatch(/not ours/)
})

test('an address of this network has to be allowed, and another one never gets the password of the first', async () => {
  const private_ = setRemote({ ctx: here.admin, input: { url: 'https://10.0.0.7/governance.git' } })
  await expect(private_).rejects.toMatchObject({ fields: [{ field: 'url' }] })
  const metadata = setRemote({
    ctx: here.admin,
    input: { url: 'http://169.254.169.254/x.git', allowPrivateNetwork: true },
  })
  await expect(metadata).rejects.toMatchObject({ fields: [{ field: 'url' }] })
  const elsewhere = setRemote({ ctx: here.admin, input: { url: 'https://git.example.test/x.git' } })
  await expect(elsewhere).rejects.toMatchObject({ fields: [{ field: 'password' }] })
})

test('a remote that sends without end is an error, not the end of memory', async () => {
  const asked = {
    url: `${server.url}/info/refs?service=git-upload-pack`,
    headers: { authorization: server.authorization },
  }
  await expect(gitHttp(true, 10).request(asked)).rejects.toThrow(/more than 0 MiB/)
  expect((await gitHttp(true).request(asked)).statusCode).toBe(200)
  await expect(gitHttp(false).request(asked)).rejects.toThrow(/private network/)
})

test('needs the permission; removing it leaves its trace', async () => {
  const operations = await here.person(['operations'])
  const input = { url: server.url, allowPrivateNetwork: true }
  await expect(setRemote({ ctx: operations, input })).rejects.toMatchObject({ kind: 'permission_denied' })
  const other = await makeOrganization()
  expect((await getRepository(other.admin)).remote).toBe(null)
  await removeRemote({ ctx: here.admin, input: { reason: 'Moved' } })
  expect(await remoteOf()).toBe(null)
  const entries = await databases().system.auditEntry.findMany({
    where: { subjectId: here.id },
    orderBy: { sequence: 'asc' },
  })
  expect(entries.map(({ action }) => action).at(-1)).toBe('artifact_remote.removed')
})
