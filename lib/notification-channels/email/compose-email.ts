import type { NotificationMessage } from '#core/notifications/message.ts'

/** What an e-mail says, twice with the same words. */
export interface Composed {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** One paragraph: words, or words that lead somewhere. */
type Line = { words: string; href?: string; strong?: boolean }

/** Writes an e-mail of one piece of news, or of several put together; text and HTML are made of the same lines. */
export function composeEmail(
  messages: readonly NotificationMessage[],
  { portal, organization }: { portal: string; organization: string },
): Composed {
  const [first] = messages
  const one = messages.length === 1
  const subject = one && first ? first.title : `${messages.length} notifications from ${organization}`
  const blocks = messages.map(message => blockOf(message, portal))
  const foot: Line[] = [
    { words: `You get this as a member of ${organization} on Gatehouse.` },
    { words: 'Choose what you hear, where and when', href: `${portal}/settings/notifications` },
  ]
  const all = [...blocks, foot]
  return {
    subject: oneLine(subject),
    text: all.map(lines => lines.map(lineAsText).join('\n')).join('\n\n'),
    html: page(all.map(lines => `<div style="margin:0 0 20px">${lines.map(lineAsHtml).join('')}</div>`).join('')),
  }
}

function blockOf({ title, detail, href, dueAt }: NotificationMessage, portal: string): Line[] {
  return [
    { words: title, strong: true },
    ...(detail ? [{ words: detail }] : []),
    ...(dueAt ? [{ words: `Due ${dueAt.slice(0, 16).replace('T', ' ')} UTC` }] : []),
    { words: 'Open in Gatehouse', href: portal + href },
  ]
}

function lineAsText({ words, href }: Line): string {
  return href ? `${words}: ${href}` : words
}

function lineAsHtml({ words, href, strong }: Line): string {
  const inner = strong ? `<strong>${entities(words)}</strong>` : entities(words)
  const linked = href ? `<a href="${entities(href)}" style="color:#0b6b4a">${inner}</a>` : inner
  return `<p style="margin:0 0 6px">${linked}</p>`
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><body style="font:15px/1.5 system-ui,sans-serif;color:#1a1d1b;max-width:560px">${body}</body></html>`
}

function entities(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replaceAll(/[&<>"']/g, sign => names[sign] ?? sign)
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
