import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { ScrollRegion } from '#components/ui/scroll-region.tsx'

/** A policy's Markdown as people read it. HTML in it stays text, and headings stand below the page's own. */
export function PolicyText({ markdown }: { markdown: string }) {
  return (
    <article className="flex min-w-0 max-w-[44rem] flex-col text-base leading-6.5">
      <Markdown remarkPlugins={[remarkGfm]} components={COMPONENTS}>
        {markdown}
      </Markdown>
    </article>
  )
}

const COMPONENTS: Components = {
  h1: ({ children }) => <h2 className="mb-2 font-[450] text-2xl tracking-[-0.01em]">{children}</h2>,
  h2: ({ children }) => <h3 className="mt-7 mb-1.5 font-medium text-[1.0625rem]">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-5 mb-1 font-medium">{children}</h4>,
  h4: ({ children }) => <h5 className="mt-4 mb-1 font-medium text-sm">{children}</h5>,
  p: ({ children }) => <p className="my-2">{children}</p>,
  ul: ({ children }) => <ul className="my-2 flex list-disc flex-col gap-1.5 pl-5 marker:text-faint">{children}</ul>,
  ol: ({ children }) => <ol className="my-2 flex list-decimal flex-col gap-1.5 pl-5 marker:text-muted">{children}</ol>,
  blockquote: ({ children }) => (
    <blockquote className="my-3 border-line-strong border-l-2 pl-4 text-muted">{children}</blockquote>
  ),
  hr: () => <hr className="my-8 border-line" />,
  strong: ({ children }) => <strong className="font-medium">{children}</strong>,
  a: ({ href, children }) => (
    <a href={href} rel="noreferrer" className="text-accent-text underline underline-offset-3">
      {children}
    </a>
  ),
  img: ({ alt }) => <span>{alt}</span>,
  code: ({ children }) => (
    <code className="wrap-anywhere rounded-[5px] bg-hover px-1 py-px font-mono text-[0.88em]">{children}</code>
  ),
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
  td: ({ children }) => <td className="border-line border-b px-3 py-2 align-top first:pl-0">{children}</td>,
}
