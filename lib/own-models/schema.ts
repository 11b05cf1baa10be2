import { z } from 'zod'

const Name = (most: number) => z.string().trim().min(1).max(most)
const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 hex digits, in lower case')

export const SignerIdentity = z.strictObject({
  /** Who knows them: the OpenID issuer that certificates name. */
  issuer: z
    .url({ protocol: /^https?$/, error: 'an address such as https://token.actions.githubusercontent.com' })
    .max(500),
  /** What certificates name, to the letter: an e-mail address or a URI. */
  subject: Name(500),
})

export const AddModelSignerInput = z
  .strictObject({
    name: Name(120),
    /** PEM of an ECDSA or Ed25519 public key. */
    publicKey: z.string().trim().min(1).max(4_000).optional(),
    /** Whoever certificates of the installation's trust root name so. */
    identity: SignerIdentity.optional(),
  })
  .refine(({ publicKey, identity }) => (publicKey === undefined) !== (identity === undefined), {
    error: 'give a public key or an identity, and not both',
    path: ['publicKey'],
  })

export const RetireModelSignerInput = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().min(1, 'why, for those who read this later').max(1_000),
})

export const ModelSignerDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  /** Null: it is an identity. */
  publicKey: z.string().nullable(),
  /** SHA-256 of the key (SubjectPublicKeyInfo), in hex; null: it is an identity. */
  fingerprint: z.string().nullable(),
  /** Null: it is a key. */
  identity: SignerIdentity.nullable(),
  createdByName: z.string(),
  createdAt: z.iso.datetime(),
  retiredAt: z.iso.datetime().nullable(),
})
export type ModelSignerDto = z.infer<typeof ModelSignerDto>

/**
 * A detached signature is over the digest as text, `sha256:…`; a Sigstore bundle holds a DSSE envelope with an in-toto
 * statement whose subjects name the digest, as OpenSSF Model Signing makes it.
 */
export const ArtifactSignature = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('detached'), signature: z.base64().min(1).max(2_000) }),
  z.strictObject({ form: z.literal('bundle'), bundle: z.record(z.string(), z.unknown()) }),
])
export type ArtifactSignature = z.infer<typeof ArtifactSignature>

export const RegisterModelVersionInput = z.strictObject({
  /** The model of the catalog that it is a version of. */
  modelId: z.uuid(),
  label: z
    .string()
    .trim()
    .max(60)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/, 'such as 2.1.0'),
  /** The version that it was made from; null: the first. */
  parentId: z.uuid().nullable().default(null),
  baseModel: Name(200),
  /** What it was trained on: data sources of the classification. */
  trainingDataSourceIds: z.array(z.uuid()).max(50).default([]),
  digest: Digest,
  /** What its provider calls it; left out: as before. */
  upstreamModel: z.string().trim().min(1).max(200).optional(),
  signerId: z.uuid('the id of a signer'),
  signature: ArtifactSignature,
})

export const RequestSignOffInput = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().min(1, 'what speaks for it: evaluations, tests, who looked at it').max(1_000),
})

export const ModelVersionDto = z.strictObject({
  id: z.uuid(),
  modelId: z.uuid(),
  label: z.string(),
  parentLabel: z.string().nullable(),
  baseModel: z.string(),
  trainingData: z.array(z.strictObject({ id: z.uuid(), name: z.string(), tier: z.string() })),
  digest: z.string(),
  signerName: z.string(),
  upstreamModel: z.string(),
  registeredByName: z.string(),
  createdAt: z.iso.datetime(),
  approvalId: z.uuid().nullable(),
  signedOffAt: z.iso.datetime().nullable(),
  /** The gateways serve it from then on; null: not yet, or not any more. */
  inServiceSince: z.iso.datetime().nullable(),
  /** Calls that it answered in the last ninety days. */
  requests: z.int().nonnegative(),
})
export type ModelVersionDto = z.infer<typeof ModelVersionDto>

/** Versions of a model, newest first, and what evidence says of versions that nobody registered. */
export const ModelVersionsDto = z.strictObject({
  data: z.array(ModelVersionDto),
  /** As evidence names them, such as what a vendor calls the model. */
  answered: z.array(z.strictObject({ version: z.string(), requests: z.int(), lastAt: z.iso.datetime() })),
})
export type ModelVersionsDto = z.infer<typeof ModelVersionsDto>

export const SignOffRequestedDto = z.strictObject({ approvalId: z.uuid(), state: z.string() })
export type SignOffRequestedDto = z.infer<typeof SignOffRequestedDto>
