import type { Found } from './schema.ts'

/** The most that a search finds of each kind. */
export const EACH = 5

/** Holds the text, whatever the case; the wildcards of LIKE are taken as letters. */
export function named(text: string) {
  return { contains: text.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const }
}

export function found(kind: Found['kind'], id: string, title: string, detail: string, href: string): Found {
  return { kind, id, title, detail, href }
}
