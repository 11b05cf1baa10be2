import { Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '#components/cn.ts'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'

type FirstStepsProps = {
  gatewayUrl: string
  /** A model that answers; null when none is callable. */
  model: string | null
  inTeam: boolean
  hasKey: boolean
}

/** The way of a new developer to the first governed call: three steps, with what to type. */
export function FirstSteps({ gatewayUrl, model, inTeam, hasKey }: FirstStepsProps) {
  return (
    <Section title="Your first governed call, in three steps">
      <ol className="mt-3 flex flex-col gap-6">
        <Step number={1} title={inTeam ? 'Issue a key' : 'Join a team, then issue a key'} done={hasKey}>
          {hasKey ? null : inTeam ? (
            <>
              <p className="text-muted text-sm">A name is enough. It is issued at once and shown once.</p>
              <ButtonLink href="/build/keys/new" variant="primary" className="mt-2.5 self-start">
                Issue a key
              </ButtonLink>
            </>
          ) : (
            <>
              <p className="text-muted text-sm">
                A key belongs to a team. Ask a team's lead to add you; the list says who that is.
              </p>
              <ButtonLink href="/admin/teams" variant="primary" className="mt-2.5 self-start">
                See the teams
              </ButtonLink>
            </>
          )}
        </Step>
        <Step number={2} title="Call a model">
          <CodeBlock
            label="Call a model with curl"
            className="mt-1.5"
            code={`export GATEHOUSE_API_KEY=gh_live_…

curl ${gatewayUrl}/v1/chat/completions \\
  -H "authorization: Bearer $GATEHOUSE_API_KEY" \\
  -H "content-type: application/json" \\
  -d '{"model":"${model ?? 'model-name'}","messages":[{"role":"user","content":"Say hello"}]}'`}
          />
          <p className="mt-2 text-muted text-sm">
            The OpenAI and Anthropic SDKs work unmodified: only the address and the key change. See the{' '}
            <Link href="/docs/quickstart" className="text-accent-text underline underline-offset-3">
              quickstart
            </Link>
            .
          </p>
        </Step>
        <Step number={3} title="See it">
          <p className="text-muted text-sm">
            Tokens, cost and time are on{' '}
            <Link href="/build/usage" className="text-accent-text underline underline-offset-3">
              Usage
            </Link>{' '}
            within two seconds of the answer.
          </p>
        </Step>
      </ol>
    </Section>
  )
}

function Step({
  number,
  title,
  done,
  children,
}: {
  number: number
  title: string
  done?: boolean
  children?: ReactNode
}) {
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5">
      <span
        aria-hidden
        className={cn(
          'grid size-7 place-items-center rounded-full font-medium text-sm tabular-nums',
          done ? 'bg-ok-soft text-ok-text' : 'bg-hover text-muted',
        )}
      >
        {done ? <Check className="size-4" /> : number}
      </span>
      <div className="flex min-w-0 flex-col pt-0.5">
        <h3 className="font-medium">
          {title}
          {done ? <span className="ml-2 font-normal text-ok-text text-sm">done</span> : null}
        </h3>
        {children}
      </div>
    </li>
  )
}
