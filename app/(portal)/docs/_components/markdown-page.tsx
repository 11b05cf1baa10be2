import Link from 'next/link'
import { Children, isValidElement, type ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { ScrollRegion } from '#components/ui/scroll-region.tsx'
import { headingsOf, linkTarget } from './markdown-outline.ts'

const ERROR_CODE = /^[a-z]+(_[a-z]+)+$/

/** A Markdown text as a readable page: links between files become links between pages, code can be copied. */
export function MarkdownPage({ markdown, slugs }: { markdown: string; slugs: ReadonlySet<string> }) {
  return (
    <article className="flex min-w-0 max-w-[44rem] flex-col text-base leading-6.5">
      <Markdown remarkPlugins={[remarkGfm]} components={componentsFor(markdown, slugs)}>
        {markdown}
      </Markdown>
    </article>
  )
}

function componentsFor(markdown: string, slugs: ReadonlySet<string>): Components {
  const ids = headingsOf(markdown).map(heading => heading.id)
  const nextId = () => ids.shift()
  const anchors = new Set(ids)
  return {
    h1: ({ children }) => (
      <h1 id={nextId()} className="mb-2 font-[450] text-2xl tracking-[-0.01em]">
        {children}
      </h1>
    ),
    h2: ({ children }) => (
      <h2 id={nextId()} className="mt-9 mb-1.5 scroll-mt-20 font-medium text-[1.0625rem]">
        {children}
      </h2>
    ),
    h3: ({ children }) => (
      <h3 id={nextId()} className="mt-6 mb-1 scroll-mt-20 font-medium">
        {children}
      </h3>
    ),
    h4: ({ children }) => (
      <h4 id={nextId()} className="mt-4 mb-1 scroll-mt-20 font-medium text-sm">
        {children}
      </h4>
    ),
    p: ({ children }) => <p className="my-2">{children}</p>,
    ul: ({ children }) => <ul className="my-2 flex list-disc flex-col gap-1 pl-5 marker:text-faint">{children}</ul>,
    ol: ({ children }) => <ol className="my-2 flex list-decimal flex-col gap-1 pl-5 marker:text-muted">{children}</ol>,
    blockquote: ({ children }) => (
      <blockquote className="my-3 border-line-strong border-l-2 pl-4 text-muted">{children}</blockquote>
    ),
    hr: () => <hr className="my-8 border-line" />,
    strong: ({ children }) => <strong className="font-medium">{children}</strong>,
    a: ({ href, children }) => <DocLink target={linkTarget(href ?? '', slugs)}>{children}</DocLink>,
    code: ({ children }) => (
      <code className="wrap-anywhere rounded-[5px] bg-hover px-1 py-px font-mono text-[0.88em]">{children}</code>
    ),
    pre: ({ children }) => <Pre>{children}</Pre>,
    table: ({ children }) => (
      <ScrollRegion label="Table" className="my-3">
        <table className="w-full border-collapse text-sm">{children}</table>
      </ScrollRegion>
    ),
    th: ({ children }) => (
      <th scope="col" className="border-line border-b px-3 py-1.5 text-left font-normal text-muted first:pl-0">
        {children}
      </th>
    ),
    td: ({ children }) => (
      <td className="border-line border-b px-3 py-2 align-top leading-5 first:pl-0">
        {withAnchors(children, anchors)}
      </td>
    ),
  }
}

/** What an error's link names: the codes that a table's cell lists are anchors, each where it comes first. */
function withAnchors(children: ReactNode, taken: Set<string>): ReactNode {
  return Children.map(children, child => {
    const text = isValidElement<{ children?: ReactNode }>(child) ? textOf(child.props.children) : ''
    if (!ERROR_CODE.test(text) || taken.has(text)) return child
    taken.add(text)
    return (
      <span id={text} className="scroll-mt-20">
        {child}
      </span>
    )
  })
}

function DocLink({ target, children }: { target: string | null; children: ReactNode }) {
  if (target === null) return <span>{children}</span>
  const className =
    'text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-accent-text'
  return target.startsWith('/') ? (
    <Link href={target} className={className}>
      {children}
    </Link>
  ) : (
    <a href={target} className={className} rel="noreferrer">
      {children}
    </a>
  )
}

function Pre({ children }: { children?: ReactNode }) {
  const [code] = Children.toArray(children)
  if (!isValidElement<{ children?: ReactNode }>(code)) return null
  return <CodeBlock code={textOf(code.props.children).trimEnd()} label="Code" className="my-3" />
}

function textOf(node: ReactNode): string {
  return Children.toArray(node)
    .filter(child => typeof child === 'string')
    .join('')
}
