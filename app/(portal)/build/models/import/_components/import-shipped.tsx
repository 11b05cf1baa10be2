'use client'

import Link from 'next/link'
import { useState, useTransition } from 'react'
import { formatCount } from '#components/format.ts'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Select } from '#components/ui/select.tsx'
import { importShippedModelsAction } from '#lib/models/actions.ts'
import type { ImportedModelsDto } from '#lib/models/schema.ts'

/** Takes the shipped models of one provider into the catalog. */
export function ImportShipped({
  providers,
  approvesAlone,
}: {
  providers: readonly { id: string; name: string }[]
  /** Whether what is imported may be called at once; else it is proposed, and others approve it. */
  approvesAlone: boolean
}) {
  const [providerId, setProviderId] = useState(providers[0]?.id ?? '')
  const [imported, setImported] = useState<ImportedModelsDto>()
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()

  function take() {
    setProblem(undefined)
    setImported(undefined)
    startTransition(async () => {
      const result = await importShippedModelsAction({ providerId, lifecycle: approvesAlone ? 'approved' : 'proposed' })
      if (result.ok) setImported(result.data)
      else setProblem(result.error.message)
    })
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label="Provider of the models"
          className="w-64"
          items={providers.map(({ id, name }) => ({ value: id, label: name }))}
          value={providerId}
          onValueChange={setProviderId}
        />
        <Button onClick={take} loading={pending} disabled={providerId === ''}>
          Import its models
        </Button>
      </div>
      {approvesAlone ? null : (
        <p className="text-muted text-sm">They are proposed at first: others approve them, each on its page.</p>
      )}
      {problem ? (
        <Callout tone="bad" live>
          {problem}
        </Callout>
      ) : null}
      {imported ? <Imported result={imported} /> : null}
    </div>
  )
}

function Imported({ result: { created, skipped } }: { result: ImportedModelsDto }) {
  return (
    <Callout tone={created.length > 0 ? 'ok' : 'neutral'} live title={`${formatCount(created.length, 'model')} added`}>
      {created.length > 0 ? (
        <p>
          {created.map(({ id, identifier }, index) => (
            <span key={id}>
              {index > 0 ? ', ' : ''}
              <Link href={`/build/models/${id}`} className="underline underline-offset-2">
                {identifier}
              </Link>
            </span>
          ))}
        </p>
      ) : null}
      {skipped.length > 0 ? (
        <p>{formatCount(skipped.length, 'model')} left alone: the catalog has them already.</p>
      ) : null}
    </Callout>
  )
}
