import { keyOperations } from '#lib/keys/operations.ts'
import { modelOperations } from '#lib/models/operations.ts'
import type { Operation } from '#lib/platform/operation.ts'
import { providerOperations } from '#lib/providers/operations.ts'
import { serviceTokenOperations } from '#lib/service-tokens/operations.ts'

/** Every operation of the REST API. The dispatcher, the OpenAPI document and the attack suite all read this list. */
export const operations: readonly Operation[] = [
  ...serviceTokenOperations,
  ...providerOperations,
  ...modelOperations,
  ...keyOperations,
]
