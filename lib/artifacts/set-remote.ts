import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { hostRefusal } from '#lib/platform/guarded-request.ts'
import { transact } from '#lib/platform/transaction.ts'
import { sealPassword } from './remote.ts'
import { type RemoteDto, SetRemoteInput } from './schema.ts'
import { remoteDto } from './to-artifact.ts'

/** Says where the repository is pushed to besides. A password that is left out stays as it is. */
export async function setRemote({ ctx, input }: VerbArgs): Promise<RemoteDto> {
  requirePermission(ctx, 'artifacts.manage')
  const { password, ...given } = parseInput(SetRemoteInput, input)
  checkUrl(given.url, given.allowPrivateNetwork)
  const { organizationId } = ctx
  return transact(ctx, async tx => {
    const before = await tx.artifactRemote.findUnique({ where: { organizationId } })
    // Another address never gets the password that was meant for the first.
    if (before && before.url !== given.url && password === undefined) {
      throw invalid('password', 'Give the password for the new address, or an empty one.')
    }
    const sealed = password ? sealPassword(organizationId, password) : null
    const data = {
      ...given,
      password: password === undefined ? (before?.password ?? null) : sealed,
      ...(before?.url === given.url && before.branch === given.branch ? {} : { pushedOid: null, pushedAt: null }),
      problem: null,
      updatedAt: new Date(),
    }
    const after = await tx.artifactRemote.upsert({
      where: { organizationId },
      create: { organizationId, ...data },
      update: data,
    })
    await audit(tx, ctx, {
      action: 'artifact_remote.set',
      subject: { kind: 'artifact_remote', id: organizationId, name: given.url },
      ...(before ? { before: { url: before.url, branch: before.branch, username: before.username } } : {}),
      after: { ...given, passwordChanged: password !== undefined },
    })
    return remoteDto(after)
  })
}

function checkUrl(text: string, allowPrivateNetwork: boolean): void {
  const url = new URL(text)
  if (url.username || url.password) throw invalid('url', 'Leave user and password out; they have fields of their own.')
  if (url.protocol !== 'https:' && !allowPrivateNetwork) {
    throw invalid('url', 'Use https. Plain http is for a private network only, which has to be allowed here.')
  }
  const refusal = hostRefusal(url.hostname, allowPrivateNetwork)
  if (refusal) throw invalid('url', refusal)
}
