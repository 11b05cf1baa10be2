import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { artifactFiles } from '#core/artifacts/artifact.ts'
import { databases } from '#lib/platform/database.ts'
import { createPolicy } from '#lib/policies/create-policy.ts'
import { updatePolicy } from '#lib/policies/update-policy.ts'
import { type GitServer, startGitServer } from '#test/git-server.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { changeDraft } from '#test/ratified-policy.ts'
import { keepArtifacts } from './keep-artifacts.ts'
import { proposeChanges } from './propose-changes.ts'
import { proposeFromRemote } from './propose-from-remote.ts'
import { pushArtifacts } from './push-artifacts.ts'
import { repositoryOf } from './repository.ts'
import { setRemote } from './set-remote.ts'
import { toArtifact } from './to-artifact.ts'

const { system } = databases()
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

/** A file as the repository holds it now. */
async function fileOf(kind: string, recordId: string, ending: string): Promise<{ path: string; content: string }> {
  const row = await system.recordVersion.findFirstOrThrow({ where: { kind, recordId }, orderBy: { version: 'desc' } })
  const file = artifactFiles(toArtifact(row)).find(each => each.path.endsWith(ending))
  if (!file) throw new Error(`no ${ending}`)
  return file
}

async function makePolicy(name: string): Promise<string> {
  return (await createPolicy({ ctx: here.admin, input: { kind: 'acceptable_use', name } })).id
}

test('a policy comes back word by word, as a draft that Legal reviews', async () => {
  const id = await makePolicy('Use of models')
  const file = await fileOf('policy', id, '.md')
  const same = await proposeChanges({ ctx: here.admin, input: { files: [file], reason: 'Nothing new' } })
  expect(same.data).toMatchObject([{ outcome: 'unchanged', approvalId: null }])
  const content = `${file.content.trim()}\n\nAnd one sentence more.\n`
  const asked = await proposeChanges({ ctx: here.admin, input: { files: [{ ...file, content }], reason: 'A gap' } })
  expect(asked.data).toMatchObject([{ name: 'Use of models', outcome: 'asked' }])
  const waits = await system.approvalRequest.findUniqueOrThrow({ where: { id: asked.data[0]?.approvalId ?? '' } })
  expect(waits).toMatchObject({ kind: 'policy_review', state: 'pending', subjectId: id })
  expect((await system.policy.findUniqueOrThrow({ where: { id } })).draft.trim()).toBe(content.trim())
})

test('of several files all are taken or none', async () => {
  const id = await makePolicy('Second policy')
  const file = await fileOf('policy', id, '.md')
  const files = [
    { ...file, content: `${file.content}\nMore.\n` },
    { path: 'budget/x-00000000.yaml', content: 'limit: 1' },
  ]
  const asked = proposeChanges({ ctx: here.admin, input: { files, reason: 'Both' } })
  await expect(asked).rejects.toMatchObject({ fields: [{ field: 'files.1.path' }] })
  expect((await system.policy.findUniqueOrThrow({ where: { id } })).draftRevision).toBe(1)
})

test('what differs on the branch of proposals is taken, and nothing when nothing does', async () => {
  const id = await makePolicy('Third policy')
  await keepArtifacts(here.id)
  await setRemote({ ctx: here.admin, input: { url: server.url, allowPrivateNetwork: true, password: 'right' } })
  await pushArtifacts()
  const input = { reason: 'As proposed' }
  await expect(proposeFromRemote({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'upstream_failed' })
  server.git('branch', 'proposals', 'main')
  await expect(proposeFromRemote({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'conflict' })
  const { path, content } = await fileOf('policy', id, '.md')
  server.propose(path, `${content.trim()}\n\nProposed elsewhere.\n`)
  const { data } = await proposeFromRemote({ ctx: here.admin, input })
  expect(data).toMatchObject([{ path, outcome: 'asked' }])
})

test('a branch that is behind undoes nothing', async () => {
  const id = await makePolicy('Fifth policy')
  const { path, content } = await fileOf('policy', id, '.md')
  await changeDraft(here.admin, id, 'Written since.')
  await updatePolicy({ ctx: here.admin, input: { id, reviewEveryDays: 90 } })
  expect((await fileOf('policy', id, '.md')).content).not.toBe(content)
  server.propose(path, content)
  const input = { reason: 'As proposed' }
  const { data } = await proposeFromRemote({ ctx: here.admin, input }).catch(() => ({ data: [] }))
  expect(data.filter(one => one.path === path)).toEqual([])
  server.propose(path, `${content.trim()}\n\nNew, on what was.\n`)
  const { data: changed } = await proposeFromRemote({ ctx: here.admin, input })
  expect(changed.find(one => one.path === path)).toMatchObject({ outcome: 'asked' })
})

test('needs the permission, and finds no record of another organization', async () => {
  const id = await makePolicy('Fourth policy')
  const file = await fileOf('policy', id, '.md')
  const files = [{ ...file, content: `${file.content}\nMore.\n` }]
  const operations = await here.person(['operations'])
  const input = { files, reason: 'Mine' }
  await expect(proposeChanges({ ctx: operations, input })).rejects.toMatchObject({ kind: 'permission_denied' })
  const elsewhere = await makeOrganization()
  await expect(proposeChanges({ ctx: elsewhere.admin, input })).rejects.toMatchObject({ kind: 'not_found' })
})
