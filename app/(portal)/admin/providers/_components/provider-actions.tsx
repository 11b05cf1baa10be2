'use client'

import { Power, PowerOff, Radar } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { ConfirmDialog } from '#components/confirm-dialog.tsx'
import { formatDuration } from '#components/format.ts'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { testProviderAction, updateProviderAction } from '#lib/providers/actions.ts'
import type { ProviderDto, ProviderTestDto } from '#lib/providers/schema.ts'

/** Tests the connection with its result in place, and takes a provider out of use or back. */
export function ProviderActions({ provider }: { provider: ProviderDto }) {
  const [result, setResult] = useState<ProviderTestDto | string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  function test() {
    setResult(undefined)
    startTransition(async () => {
      const answer = await testProviderAction({ id: provider.id })
      setResult(answer.ok ? answer.data : answer.error.message)
      router.refresh()
    })
  }
  return (
    <div className="flex w-full flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" loading={pending} onClick={test}>
          <Radar aria-hidden />
          Test connection
        </Button>
        <ToggleUse provider={provider} />
      </div>
      {result ? <TestResult result={result} /> : null}
    </div>
  )
}

const TITLES: Record<ProviderTestDto['outcome'], string> = {
  ok: 'It answers',
  credential: 'It does not accept the credential',
  unreachable: 'It cannot be reached',
  model_missing: 'It answers, but lacks a model',
  failed: 'It does not answer as it should',
  no_gateway: 'No gateway could test it',
}

function TestResult({ result }: { result: ProviderTestDto | string }) {
  if (typeof result === 'string')
    return (
      <Callout tone="bad" live title="It could not be tested">
        {result}
      </Callout>
    )
  const { ok, outcome, detail, latencyMs, models } = result
  return (
    <Callout tone={ok ? 'ok' : 'bad'} live title={ok ? `It answers, in ${formatDuration(latencyMs)}` : TITLES[outcome]}>
      <p>{detail}</p>
      {models.length > 0 ? (
        <p className="wrap-anywhere mt-1 font-mono text-muted text-xs">
          {models.slice(0, 12).join(', ')}
          {models.length > 12 ? ` and ${models.length - 12} more` : ''}
        </p>
      ) : null}
    </Callout>
  )
}

function ToggleUse({ provider: { id, name, enabled } }: { provider: ProviderDto }) {
  const router = useRouter()
  async function toggle() {
    const result = await updateProviderAction({ id, enabled: !enabled })
    if (!result.ok) return result.error.message
    router.refresh()
  }
  return (
    <ConfirmDialog
      title={enabled ? `Disable ${name}?` : `Take ${name} into use again?`}
      description={
        enabled
          ? 'Gateways stop calling it within a second. Calls to its models go to an equivalent where there is one, and are refused otherwise. Nothing is lost.'
          : 'Gateways call it again within a second, with the credential it has.'
      }
      action={enabled ? 'Disable' : 'Enable'}
      danger={enabled}
      onConfirm={toggle}
      trigger={
        <Button variant={enabled ? 'danger' : 'secondary'}>
          {enabled ? <PowerOff aria-hidden /> : <Power aria-hidden />}
          {enabled ? 'Disable' : 'Enable'}
        </Button>
      }
    />
  )
}
