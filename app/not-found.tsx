import { ButtonLink } from '#components/ui/button.tsx'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-md flex-col justify-center gap-4 px-6">
      <div>
        <h1 className="text-xl">There is nothing at this address</h1>
        <p className="mt-1 text-muted">
          It may have been removed, or it belongs to another organization. The audit log keeps what happened to it.
        </p>
      </div>
      <ButtonLink href="/" variant="primary" className="self-start">
        Go to Home
      </ButtonLink>
    </main>
  )
}
