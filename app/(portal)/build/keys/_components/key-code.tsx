'use client'

import { useState } from 'react'
import { Callout } from '#components/ui/callout.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { type SnippetInput, snippetsFor } from './snippets.ts'

type KeyCodeProps = Omit<SnippetInput, 'key'> & { apiKey: string }

/** Paste-ready code for the clients people use, a tab each. */
export function KeyCode({ apiKey, ...input }: KeyCodeProps) {
  const [client, setClient] = useState('curl')
  const items = snippetsFor({ ...input, key: apiKey }).map(snippet => ({
    value: snippet.id,
    label: snippet.label,
    content: (
      <div className="flex flex-col gap-3">
        {snippet.caveat ? <Callout tone="warn">{snippet.caveat}</Callout> : null}
        <CodeBlock code={snippet.code} label={`${snippet.label}, ${snippet.language}`} />
      </div>
    ),
  }))
  return <Tabs items={items} value={client} onValueChange={setClient} />
}
