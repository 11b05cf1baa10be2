import { fieldsIn, numberIn, objectsIn, textIn } from './answer-fields.ts'
import type { Citation } from './conversation.ts'

/**
 * The citations of web pages in the annotations of OpenAI's dialects. Chat completions nest them in `url_citation`.
 * Other annotations belong to tools that run at the provider, which no translated request has.
 */
export function readAnnotations(annotations: unknown): Citation[] {
  return objectsIn(annotations).flatMap(annotation => {
    if (annotation.type !== 'url_citation') return []
    const { url, title, start_index, end_index } = annotation.url_citation
      ? fieldsIn(annotation.url_citation)
      : annotation
    return [{ url: textIn(url), title: textIn(title) || null, start: numberIn(start_index), end: numberIn(end_index) }]
  })
}

/** A citation as chat completions have it. */
export function chatAnnotation(citation: Citation): object {
  return { type: 'url_citation', url_citation: fieldsOf(citation) }
}

/** A citation as responses have it. */
export function responsesAnnotation(citation: Citation): object {
  return { type: 'url_citation', ...fieldsOf(citation) }
}

/** The web pages among the citations of a message's text, each of which covers all of it. */
export function readMessageCitations(citations: unknown, length: number): Citation[] {
  return objectsIn(citations).flatMap(citation => {
    const url = textIn(citation.url)
    return url ? [{ url, title: textIn(citation.title) || null, start: 0, end: length }] : []
  })
}

/** A citation as messages have it: of the text that it covers, without the vendor's index of its search. */
export function messageCitation({ url, title }: Citation, cited: string): object {
  return { type: 'web_search_result_location', url, title, cited_text: cited, encrypted_index: '' }
}

/** A citation moved by so many characters. */
export function movedCitation(citation: Citation, by: number): Citation {
  return by === 0 ? citation : { ...citation, start: citation.start + by, end: citation.end + by }
}

function fieldsOf({ url, title, start, end }: Citation): object {
  return { start_index: start, end_index: end, url, title: title ?? url }
}
