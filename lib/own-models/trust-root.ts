import { readFile } from 'node:fs/promises'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify'
import { env } from '#lib/platform/env.ts'
import { conflict } from '#lib/platform/errors.ts'

/**
 * Whose certificates, logs and timestamps this installation believes, from the file that GATEHOUSE_SIGSTORE_TRUST_ROOT
 * names (Sigstore protobuf-specs, TrustedRoot, as JSON); null: from none. Throws `conflict` for a file that is no such
 * root, or that names no authority: nothing is believed by mistake.
 */
export async function readTrustRoot(file = env().GATEHOUSE_SIGSTORE_TRUST_ROOT): Promise<TrustMaterial | null> {
  if (file === undefined) return null
  try {
    return trustMaterialOf(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    const words = error instanceof Error ? error.message.split('\n')[0] : 'it is no trust root'
    throw conflict(`The file that GATEHOUSE_SIGSTORE_TRUST_ROOT names cannot be used: ${words}`)
  }
}

function trustMaterialOf(json: unknown): TrustMaterial {
  const root = toTrustMaterial(TrustedRoot.fromJSON(json))
  if (root.certificateAuthorities.length === 0) throw new Error('it names no certificate authority')
  if (root.tlogs.length + root.timestampAuthorities.length === 0) {
    throw new Error('it names neither a transparency log nor a timestamp authority')
  }
  return root
}
