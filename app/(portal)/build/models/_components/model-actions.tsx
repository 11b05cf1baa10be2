import { LibraryBig, Pencil, Play } from 'lucide-react'
import { ButtonLink } from '#components/ui/button.tsx'
import type { ModelDto } from '#lib/models/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { AddPrice } from './add-price.tsx'

/** What the person can do with the model. */
export function ModelActions({ ctx, model }: { ctx: Context; model: ModelDto }) {
  const converses = model.dialects.includes('chat') || model.dialects.includes('messages')
  const manages = scopeOf(ctx.actor, 'models.manage') !== null
  const mayTry = converses && scopeOf(ctx.actor, 'playground.use') !== null
  return (
    <>
      {mayTry ? (
        <ButtonLink href={`/build/playground?model=${model.id}`}>
          <Play aria-hidden />
          Try it
        </ButtonLink>
      ) : null}
      {manages ? (
        <>
          <AddPrice id={model.id} name={model.displayName} current={model.price?.usdPerMillionTokens ?? null} />
          <ButtonLink href={`/build/models/${model.id}/edit`}>
            <Pencil aria-hidden />
            Edit
          </ButtonLink>
        </>
      ) : null}
      <ButtonLink href={`/govern/catalog/${model.id}`}>
        <LibraryBig aria-hidden />
        Its terms
      </ButtonLink>
    </>
  )
}
