/** Every governed call of the gateway's wire, by name. */
export const OPERATION_NAMES = [
  'chat',
  'responses',
  'completions',
  'embeddings',
  'moderations',
  'messages',
  'count_tokens',
] as const
export type OperationName = (typeof OPERATION_NAMES)[number]
