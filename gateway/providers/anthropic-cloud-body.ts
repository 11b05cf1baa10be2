import { withoutUnsignedThoughts } from './unsigned-thoughts.ts'

/**
 * The body of a messages request for a cloud that serves Claude: the model is named by the path there, and the
 * version, which is the cloud's own, by the body. All other fields go on as they are, but for thoughts that nobody signed.
 */
export function anthropicCloudBody(fields: Record<string, unknown>, version: string): Record<string, unknown> {
  const { model: _inPath, anthropic_version: _clients, ...rest } = withoutUnsignedThoughts(fields) ?? fields
  return { anthropic_version: version, ...rest }
}
