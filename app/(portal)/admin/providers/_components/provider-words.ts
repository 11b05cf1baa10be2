import type { ProviderKind } from '#core/provider-kinds.ts'

/** What to know before adding a provider of a kind. */
export const KIND_HELP: Record<ProviderKind, string> = {
  openai: 'Chat, responses and embeddings. The credential is an API key of a project.',
  anthropic: 'Messages. The credential is an API key of a workspace.',
  azure_openai: 'Your own resource and its address. The credential is one of its two keys.',
  google: 'Gemini over its OpenAI-compatible wire. The credential is an API key of AI Studio.',
  aws_bedrock: 'The OpenAI-compatible wire of a region. The credential is a Bedrock API key.',
  openai_compatible:
    'Anything that speaks the OpenAI wire: vLLM, Ollama, another gateway. A credential only if it asks for one.',
  sandbox: 'Answers made up on this machine, for demonstrations and tests. Costs nothing.',
}

/** Where a credential of a kind comes from. */
export const CREDENTIAL_HELP: Record<ProviderKind, string> = {
  openai: 'Begins with sk-.',
  anthropic: 'Begins with sk-ant-.',
  azure_openai: 'Keys and Endpoint of the resource, key 1 or 2.',
  google: 'Begins with AIza.',
  aws_bedrock: 'A long-term API key of the Bedrock console.',
  openai_compatible: 'Sent as a bearer token. Leave it out when the endpoint asks for none.',
  sandbox: 'The sandbox asks for none.',
}
