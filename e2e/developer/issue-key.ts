import { expect, type Page } from '@playwright/test'

/** Issues a key in the browser as a person would; gives its text and leaves the page on the answer. */
export async function issueKey(page: Page, name: string): Promise<string> {
  await page.goto('/build/keys/new')
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Issue key' }).click()
  const shown = page.getByRole('status', { name: 'The new key' })
  await expect(shown).toHaveText(/^gh_live_/)
  await expect(page.getByText(/^Live on \d+ of \d+ gateways? after/)).toBeVisible()
  return (await shown.textContent()) ?? ''
}

/** A name that no other run has used. */
export function uniqueName(stem: string): string {
  return `${stem}-${Date.now().toString(36)}`
}
