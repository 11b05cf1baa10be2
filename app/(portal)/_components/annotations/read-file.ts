import { MOST_FILE_BYTES } from '#core/annotations/annotated-kinds.ts'

const CHUNK = 0x8000

type Read =
  | { ok: true; data: { name: string; mediaType: string; content: string } }
  | { ok: false; error: { message: string } }

/** A file as the action takes it; the rule in words when it cannot be sent. */
export async function readFile(file: File | null): Promise<Read> {
  if (!file) return refused('Choose a file.')
  if (file.size === 0) return refused(`${file.name} is empty.`)
  if (file.size > MOST_FILE_BYTES) {
    return refused(`${file.name} is larger than 5 MiB. Put it where large files are kept and comment with its address.`)
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  const mediaType = file.type.split(';')[0] || 'application/octet-stream'
  return { ok: true, data: { name: file.name, mediaType, content: btoa(binary) } }
}

function refused(message: string): Read {
  return { ok: false, error: { message } }
}
