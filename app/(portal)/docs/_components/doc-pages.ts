import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { cache } from 'react'
import { headingsOf, introductionOf, titleOf } from './markdown-outline.ts'

/** A page of the product documentation: one file of docs/. */
export interface DocPage {
  slug: string
  title: string
  /** Its first paragraph, as plain text. */
  introduction: string
  markdown: string
}

/** The order of the list; files that are not named here follow by title. */
const ORDER = [
  'quickstart',
  'concepts',
  'providers',
  'wire',
  'routing',
  'failover-drills',
  'cache',
  'budgets',
  'rate-limits',
  'guardrails',
  'content-log',
  'approvals',
  'review-board',
  'exemptions',
  'risks',
  'notifications',
  'policies',
  'maturity',
  'consistency',
  'annotations',
  'repository',
  'workloads',
  'errors',
  'sign-in',
  'configuration',
  'deployment',
  'scaling',
  'observability',
  'architecture',
  'security-model',
]
const LAST = ['glossary']
/** Written for those who build Gatehouse, not for those who use it. */
const INTERNAL = new Set(['components'])

const folder = path.join(process.cwd(), 'docs')

/** Every page of the product documentation, in reading order. */
export const docPages = cache(async (): Promise<DocPage[]> => {
  const files = await readdir(folder).catch(() => [])
  const slugs = files.filter(file => /^[a-z0-9-]+\.md$/.test(file)).map(file => file.slice(0, -'.md'.length))
  const pages = await Promise.all(slugs.filter(slug => !INTERNAL.has(slug)).map(readDoc))
  return pages.sort((a, b) => rankOf(a.slug) - rankOf(b.slug) || a.title.localeCompare(b.title))
})

/** One page by its slug; null when docs/ has no such file. */
export async function docPage(slug: string): Promise<DocPage | null> {
  return (await docPages()).find(page => page.slug === slug) ?? null
}

/** The headings of a page below its title, for its table of contents. */
export function contentsOf(page: DocPage) {
  return headingsOf(page.markdown).filter(heading => heading.depth === 2)
}

async function readDoc(slug: string): Promise<DocPage> {
  const markdown = await readFile(path.join(folder, `${slug}.md`), 'utf8')
  return { slug, title: titleOf(markdown) ?? slug, introduction: introductionOf(markdown), markdown }
}

function rankOf(slug: string): number {
  const place = ORDER.indexOf(slug)
  return place >= 0 ? place : LAST.includes(slug) ? 1_000 : ORDER.length
}
