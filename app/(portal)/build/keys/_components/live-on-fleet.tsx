'use client'

import { useEffect, useState } from 'react'
import { rolloutAction } from '#app/(portal)/_components/fleet-actions.ts'
import { rolloutText } from '#app/(portal)/_components/fleet-state.ts'
import { Badge, type Tone } from '#components/ui/badge.tsx'

type Rollout = { live: number; running: number; tookMs: number | null }

/** How many gateways run a configuration version, as each of them reports, and how long the last one took. */
export function LiveOnFleet({ version }: { version: string }) {
  const [rollout, setRollout] = useState<Rollout | 'unknown'>()
  useEffect(() => {
    let left = false
    async function ask(attempts: number) {
      const result = await rolloutAction({ version })
      if (left) return
      setRollout(result.ok ? result.data : 'unknown')
      if (result.ok && result.data.live < result.data.running && attempts > 1) await ask(attempts - 1)
    }
    void ask(10)
    return () => {
      left = true
    }
  }, [version])
  const { tone, text } = stateOf(rollout)
  return (
    <span role="status">
      <Badge tone={tone}>{text}</Badge>
    </span>
  )
}

function stateOf(rollout: Rollout | 'unknown' | undefined): { tone: Tone; text: string } {
  if (!rollout) return { tone: 'info', text: 'On its way to the gateways' }
  if (rollout === 'unknown') return { tone: 'warn', text: 'Whether the gateways have it is not known' }
  const settled = rollout.running > 0 && rollout.live === rollout.running
  return { tone: settled ? 'ok' : 'warn', text: rolloutText(rollout) }
}
