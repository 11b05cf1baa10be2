import type { CredentialType } from '#core/credential-types.ts'
import type { ProviderKind } from '#core/provider-kinds.ts'

/** What to know before adding a provider of a kind. */
export const KIND_HELP: Record<ProviderKind, string> = {
  openai: 'Chat, responses and embeddings, with an API key of a project.',
  anthropic: 'Messages, with an API key of a workspace.',
  azure_openai: 'Your own resource, with one of its keys, an app of Entra ID or a managed identity.',
  google: 'The Gemini API with a key, or Vertex AI, Claude included, with a service account.',
  aws_bedrock: 'Claude by messages and all other models by chat, with signed requests or a Bedrock API key.',
  openai_compatible:
    'Anything that speaks the OpenAI wire: vLLM, Ollama, another gateway. A credential only if it asks for one.',
  sandbox: 'Answers made up on this machine, for demonstrations and tests. Costs nothing.',
}

/** Each type of credential in a few words, and what gateways do with it. */
export const CREDENTIAL_WORDS: Record<CredentialType, { label: string; help: string }> = {
  api_key: { label: 'API key', help: 'Sent with every call.' },
  entra_client: {
    label: 'App of Microsoft Entra ID',
    help: 'Exchanged for a token, which is renewed before it expires. Calls carry the token alone.',
  },
  entra_default: {
    label: 'Managed identity',
    help: "The gateway's own identity in Azure: of its environment, its workload or its machine.",
  },
  google_service_account: {
    label: 'Service account',
    help: 'Its key signs a request for a token, which is renewed before it expires. Calls carry the token alone.',
  },
  google_default: {
    label: 'Application default credentials',
    help: "The gateway's own identity in Google Cloud, found where Google's libraries look.",
  },
  aws_keys: {
    label: 'Access key',
    help: 'Signs every call (Signature Version 4). The secret key itself is never sent.',
  },
  aws_default: {
    label: 'Default credential chain',
    help: "The gateway's own identity in AWS: environment, profile, web identity, container or instance.",
  },
}

export interface CredentialField {
  name: string
  label: string
  help: string
  optional?: boolean
  /** Shown while it is typed; left out: hidden. */
  plain?: boolean
  lines?: boolean
}

const KEY_HELP: Record<ProviderKind, string> = {
  openai: 'Begins with sk-.',
  anthropic: 'Begins with sk-ant-.',
  azure_openai: 'Keys and Endpoint of the resource, key 1 or 2.',
  google: 'Begins with AIza.',
  aws_bedrock: 'A long-term API key of the Bedrock console.',
  openai_compatible: 'Leave it out when the endpoint asks for none.',
  sandbox: 'The sandbox asks for none.',
}

const FIELDS: Record<Exclude<CredentialType, 'api_key'>, readonly CredentialField[]> = {
  entra_client: [
    { name: 'tenantId', label: 'Directory (tenant) id', help: 'Or a domain name of the tenant.', plain: true },
    {
      name: 'clientId',
      label: 'Application (client) id',
      help: 'Needs the role Cognitive Services User.',
      plain: true,
    },
    { name: 'clientSecret', label: 'Client secret', help: 'The value of the secret, not its id.' },
    {
      name: 'authorityHost',
      label: 'Authority',
      help: 'Left out: https://login.microsoftonline.com. National clouds have their own.',
      optional: true,
      plain: true,
    },
  ],
  entra_default: [
    {
      name: 'clientId',
      label: 'Client id',
      help: 'Of a user-assigned identity. Left out: the one of the system.',
      optional: true,
      plain: true,
    },
  ],
  google_service_account: [
    { name: 'serviceAccount', label: 'Key file', help: 'The whole JSON document, as it was downloaded.', lines: true },
  ],
  google_default: [],
  aws_keys: [
    { name: 'accessKeyId', label: 'Access key id', help: 'Begins with AKIA, or with ASIA for a session.', plain: true },
    { name: 'secretAccessKey', label: 'Secret access key', help: 'Needs bedrock:InvokeModel for the models called.' },
    { name: 'sessionToken', label: 'Session token', help: 'Of temporary keys, which expire.', optional: true },
  ],
  aws_default: [],
}

/** The fields of a type of credential for a kind of provider. */
export function credentialFields(kind: ProviderKind, type: CredentialType): readonly CredentialField[] {
  if (type !== 'api_key') return FIELDS[type]
  const optional = kind === 'openai_compatible' || kind === 'sandbox'
  const key: CredentialField = { name: 'apiKey', label: 'API key', help: KEY_HELP[kind], optional }
  if (kind === 'openai') {
    return [
      key,
      {
        name: 'organization',
        label: 'Organization',
        help: 'Sent as openai-organization.',
        optional: true,
        plain: true,
      },
      { name: 'project', label: 'Project', help: 'Sent as openai-project.', optional: true, plain: true },
    ]
  }
  if (kind !== 'openai_compatible') return [key]
  const help = 'Takes the key as it is. Left out: authorization, as a bearer token.'
  return [key, { name: 'header', label: 'Header', help, optional: true, plain: true }]
}

/** What the shown facts of a credential are called. */
export const FACT_WORDS: Record<string, string> = {
  organization: 'organization',
  project: 'project',
  header: 'in the header',
  tenantId: 'tenant',
  clientId: 'client',
  authorityHost: 'authority',
  clientEmail: 'account',
  projectId: 'project',
  accessKeyId: 'key',
  session: 'session',
}
