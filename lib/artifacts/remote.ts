import fs from 'node:fs'
import git from 'isomorphic-git'
import { open, seal } from '#core/secrets.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import type { ArtifactRemote } from '#prisma/generated/client.ts'
import { gitHttp } from './git-http.ts'
import { MAIN } from './repository.ts'

/** A password as it is kept: unreadable without the installation's key, and in no other organization. */
export function sealPassword(organizationId: string, password: string): string {
  return seal(secretKey('artifact-remote'), contextOf(organizationId), password)
}

function contextOf(organizationId: string): string {
  return `artifact-remote:${organizationId}`
}

function accessTo({ organizationId, url, username, password, allowPrivateNetwork }: ArtifactRemote) {
  const secret = password === null ? '' : open(secretKey('artifact-remote'), contextOf(organizationId), password)
  return {
    fs,
    http: gitHttp(allowPrivateNetwork),
    url,
    // Asked once: a refused password is not sent again.
    onAuth: () => ({ username, password: secret }),
    onAuthFailure: () => ({ cancel: true }),
  }
}

/** Pushes the branch main to the remote's; never by force. Throws what the other side says when it refuses. */
export async function pushTo(gitdir: string, remote: ArtifactRemote): Promise<void> {
  const result = await git.push({ ...accessTo(remote), gitdir, ref: MAIN, remoteRef: `refs/heads/${remote.branch}` })
  if (!result.ok) throw new Error(result.error ?? 'the remote refused the push')
}

/** Brings the remote's branch of proposals, without its history, into an empty repository; returns its newest commit. */
export async function fetchProposals(gitdir: string, remote: ArtifactRemote): Promise<string | null> {
  // The library fetches only from a remote that the repository knows by name.
  await git.addRemote({ fs, gitdir, remote: 'origin', url: remote.url })
  const { fetchHead } = await git.fetch({
    ...accessTo(remote),
    gitdir,
    ref: remote.proposalsBranch,
    remoteRef: remote.proposalsBranch,
    singleBranch: true,
    depth: 1,
    tags: false,
  })
  return fetchHead
}
