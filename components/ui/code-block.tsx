import { cn } from '#components/cn.ts'
import { codeTokens } from './code-tokens.ts'
import { CopyButton } from './copy-button.tsx'
import { ScrollRegion } from './scroll-region.tsx'

const tokenClass = { comment: 'text-muted', string: 'text-accent-text', plain: undefined }

/** Code to copy. `label` names it for assistive technology and, with `titled`, in a bar above. */
export function CodeBlock({
  code,
  label,
  titled,
  className,
}: {
  code: string
  label: string
  titled?: boolean
  className?: string
}) {
  return (
    <figure className={cn('group relative overflow-hidden rounded-lg border border-line bg-sunken', className)}>
      {titled ? (
        <figcaption className="border-line border-b px-3.5 py-2 pr-12 text-muted text-xs">{label}</figcaption>
      ) : null}
      <ScrollRegion label={label}>
        <pre className="w-fit min-w-full p-3.5 pr-12 font-mono text-[0.8125rem] leading-5.5">
          <code>
            {withKeys(code).map(token => (
              <span key={token.key} className={tokenClass[token.kind]}>
                {token.text}
              </span>
            ))}
          </code>
        </pre>
      </ScrollRegion>
      <CopyButton text={code} className="absolute top-1 right-1" />
    </figure>
  )
}

function withKeys(code: string) {
  let position = 0
  return codeTokens(code).map(token => {
    const key = position
    position += token.text.length
    return { ...token, key }
  })
}

/** A name, id or value as code within a sentence. */
export function Code({ className, children }: { className?: string; children: string }) {
  return <code className={cn('font-mono text-[0.92em]', className)}>{children}</code>
}
