import { KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { listModelSigners } from '#lib/own-models/model-signers.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { CatalogTabs } from '../_components/catalog-tabs.tsx'
import { openRequests } from '../_components/open-requests.ts'
import { AddSigner } from './_components/add-signer.tsx'
import { RetireSigner } from './_components/retire-signer.tsx'

export const metadata: Metadata = { title: 'Signers' }

export default function SignersPage() {
  return renderPage(async ({ ctx }) => {
    const [signers, open] = await Promise.all([listModelSigners(ctx), openRequests(ctx)])
    const decides = scopeOf(ctx.actor, 'models.approve') !== null
    const believed = signers.filter(({ retiredAt }) => retiredAt === null).length
    const add = decides ? <AddSigner /> : null
    return (
      <Page>
        <PageHeader
          crumb="Signers"
          title={
            believed === 0
              ? 'No signature is believed yet'
              : `The signatures of ${formatCount(believed, 'signer')} are believed`
          }
          description="A version of an own model is registered only when one of these keys or identities has signed it."
          actions={add}
        />
        <CatalogTabs open={open} />
        {signers.length === 0 ? (
          <EmptyState
            icon={<KeyRound />}
            title="No signer yet"
            description="Add the public key that your pipeline signs models with. Its private key stays there."
            action={add}
          />
        ) : (
          <Table label="Signers">
            <TableHead>
              <TableRow>
                <TableHeader>Signer</TableHeader>
                <TableHeader>Believed by</TableHeader>
                <TableHeader>Added</TableHeader>
                <TableHeader>State</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {signers.map(signer => (
                <TableRow key={signer.id}>
                  <TableCell className="min-w-32">{signer.name}</TableCell>
                  <TableCell>
                    {signer.identity ? (
                      <>
                        <span className="wrap-anywhere">{signer.identity.subject}</span>
                        <span className="block wrap-anywhere text-muted text-xs">{signer.identity.issuer}</span>
                      </>
                    ) : (
                      <Code>{`${signer.fingerprint?.slice(0, 16)}…`}</Code>
                    )}
                  </TableCell>
                  <TableCell className="min-w-40">
                    {signer.createdByName}, <RelativeTime time={signer.createdAt} />
                  </TableCell>
                  <TableCell>
                    {signer.retiredAt ? <Badge>Retired</Badge> : <Badge tone="ok">Believed</Badge>}{' '}
                    {decides && !signer.retiredAt ? <RetireSigner id={signer.id} name={signer.name} /> : null}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Page>
    )
  })
}
