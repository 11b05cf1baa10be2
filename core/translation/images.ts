import type { ImageSource } from './conversation.ts'

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+);base64,/

/** An image as OpenAI's dialects have it: a URL, which may hold the image itself. */
export function imageFromUrl(url: string): ImageSource {
  const found = DATA_URL.exec(url)
  return found?.[1] ? { kind: 'base64', mediaType: found[1], data: url.slice(found[0].length) } : { kind: 'url', url }
}

/** The URL for an image, with its data inside when it has no address. */
export function imageUrl(source: ImageSource): string {
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`
}
