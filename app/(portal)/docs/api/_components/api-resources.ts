import 'server-only'
import { openApiDocument } from '#lib/api/openapi.ts'
import { apiReference, type ReferenceResource } from '#lib/api/reference.ts'
import { portalUrl } from '#lib/platform/addresses.ts'

let kept: ReferenceResource[] | undefined

/** Every resource of the API with its operations; worked out once a process, since the registry does not change. */
export function apiResources(): readonly ReferenceResource[] {
  kept ??= apiReference(openApiDocument(), portalUrl())
  return kept
}
