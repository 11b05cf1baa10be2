import type { ProviderKind } from './provider-kinds.ts'

/** A vendor's address with places to fill in, such as `{region}`. */
export interface AddressTemplate {
  label: string
  address: string
  /** What gateways send there. */
  sends: string
}

/** What is filled in, with an example of each. */
export const ADDRESS_PLACES: Readonly<Record<string, { label: string; example: string }>> = {
  resource: { label: 'Resource', example: 'northwind-ai' },
  version: { label: 'API version', example: '2024-10-21' },
  region: { label: 'Cloud region', example: 'eu-central-1' },
  project: { label: 'Project', example: 'northwind-ai' },
}

/** The addresses that a vendor has. A kind that is not listed has none of its own. */
export const ADDRESS_TEMPLATES: Readonly<Partial<Record<ProviderKind, readonly AddressTemplate[]>>> = {
  openai: [
    { label: 'Everywhere', address: 'https://api.openai.com/v1', sends: 'All calls, wherever they are processed.' },
    { label: 'Europe', address: 'https://eu.api.openai.com/v1', sends: 'Calls of projects with European residency.' },
  ],
  anthropic: [
    {
      label: 'Everywhere',
      address: 'https://api.anthropic.com',
      sends: 'Messages, with version and betas as they came.',
    },
  ],
  azure_openai: [
    {
      label: 'Resource, by deployment',
      address: 'https://{resource}.openai.azure.com?api-version={version}',
      sends: 'Calls to /openai/deployments, where the upstream name of a model is its deployment.',
    },
    {
      label: 'Resource, versionless',
      address: 'https://{resource}.openai.azure.com/openai/v1',
      sends: 'Calls to /openai/v1, with the deployment as the model in the body.',
    },
    {
      label: 'Foundry resource',
      address: 'https://{resource}.services.ai.azure.com/openai/v1',
      sends: 'Calls to /openai/v1 of the Foundry resource.',
    },
  ],
  google: [
    {
      label: 'Gemini API',
      address: 'https://generativelanguage.googleapis.com/v1beta/openai',
      sends: 'Chat and embeddings, to the endpoint that is compatible with OpenAI, with an API key.',
    },
    {
      label: 'Vertex AI, one region',
      address: 'https://{region}-aiplatform.googleapis.com/v1/projects/{project}/locations/{region}',
      sends: 'Chat to /endpoints/openapi; messages of Claude models to rawPredict.',
    },
    {
      label: 'Vertex AI, global',
      address: 'https://aiplatform.googleapis.com/v1/projects/{project}/locations/global',
      sends: 'The same, wherever Google has room for it.',
    },
  ],
  aws_bedrock: [
    {
      label: 'Runtime of a region',
      address: 'https://bedrock-runtime.{region}.amazonaws.com',
      sends: 'Messages of Claude models to InvokeModel; chat of all others to Converse.',
    },
    {
      label: 'Runtime, OpenAI-compatible',
      address: 'https://bedrock-runtime.{region}.amazonaws.com/openai/v1',
      sends: 'Chat as it came, to the models that are served there.',
    },
    {
      label: 'Mantle, OpenAI-compatible',
      address: 'https://bedrock-mantle.{region}.api.aws/v1',
      sends: 'Chat and responses as they came.',
    },
  ],
}

/** The places of a template, each once, in their order. */
export function placesOf({ address }: AddressTemplate): string[] {
  return [...new Set([...address.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? ''))]
}

/** A template's address; null while a place is empty or holds what no part of a host does. */
export function fillTemplate({ address }: AddressTemplate, values: Readonly<Record<string, string>>): string | null {
  let complete = true
  const filled = address.replace(/\{(\w+)\}/g, (_, place: string) => {
    const value = (values[place] ?? '').trim()
    if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(value)) complete = false
    return value
  })
  return complete ? filled : null
}
