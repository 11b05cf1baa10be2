import { z } from 'zod'

export const SearchInput = z.strictObject({ text: z.string().trim().max(200) })

export const FOUND_KINDS = [
  'request',
  'key',
  'model',
  'team',
  'person',
  'provider',
  'route',
  'deployment',
  'drill',
  'cache_policy',
  'rate_limit',
  'budget',
  'approval',
  'workload',
  'brief',
  'policy',
  'exemption',
  'risk',
  'decision',
  'meeting',
  'model_request',
] as const

/** One record that a search found, ready to go to. */
export interface Found {
  kind: (typeof FOUND_KINDS)[number]
  id: string
  title: string
  detail: string
  href: string
}
