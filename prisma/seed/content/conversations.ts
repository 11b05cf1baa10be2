import type { TeamSlug } from '../northwind/teams.ts'

/** A question and its answer, with names in braces that are drawn anew for each request. */
export interface DemoConversation {
  system: string | null
  ask: string
  answer: string
}

/** What stands for a name in braces. */
export const FILLERS: Readonly<Record<string, readonly string[]>> = {
  product: ['Harbor kettle', 'Fjord parka', 'Meridian desk lamp', 'Alder bookshelf', 'Tundra boots', 'Linea toaster'],
  issue: [
    'arrived with a dented lid',
    'is missing two screws',
    'stopped after a week',
    'came in the wrong colour',
    'has not been delivered yet',
  ],
  category: ['kitchen', 'outdoor clothing', 'lighting', 'furniture', 'footwear'],
  language: ['Polish', 'German', 'Portuguese', 'Dutch'],
  count: ['three', 'four', 'five', 'six'],
  quarter: ['first', 'second', 'third', 'fourth'],
}

/** What teams whose tier keeps content ask about; nothing in it is anybody's. */
export const CONVERSATIONS: Readonly<Partial<Record<TeamSlug, readonly DemoConversation[]>>> = {
  support: [
    {
      system: 'You draft replies for Northwind’s support. Be kind and brief, and never promise a refund.',
      ask: 'The customer writes: “My {product} {issue}. What now?” Draft a reply.',
      answer:
        'Thank you for telling us, and sorry about the trouble with your {product}. Please send us a photo and the order number, and we will arrange a replacement within two working days. There is no need to return the old one first.',
    },
    {
      system: 'Classify the ticket as delivery, damage, billing or other. Answer with one word.',
      ask: 'The {product} {issue} and nobody answers the chat.',
      answer: 'damage',
    },
    {
      system: null,
      ask: 'Summarise the thread in {count} sentences for the next shift: the {product} {issue}, the customer has written twice, and a replacement was promised for Thursday.',
      answer:
        'The customer’s {product} {issue}. They have written twice and were promised a replacement for Thursday. Please confirm the dispatch before noon and tell them.',
    },
  ],
  data: [
    {
      system: 'Extract attributes as JSON. Leave out what the text does not say.',
      ask: 'The {product} from our {category} range, 1.4 kg, dishwasher safe, two-year warranty.',
      answer: '{"name":"{product}","category":"{category}","weightKg":1.4,"dishwasherSafe":true,"warrantyYears":2}',
    },
    {
      system: null,
      ask: 'Why might the number of {category} products without a weight have doubled in last night’s load?',
      answer:
        'The likeliest cause is a change at a supplier: check whether the feed for {category} still has the column “net_weight”. If it does, compare the units; a change from grams to kilograms makes the range check drop values below 1.',
    },
  ],
  search: [
    {
      system: 'Rewrite the query for product search. Answer with the query alone.',
      ask: 'something warm for rainy days like the {product}',
      answer: 'waterproof insulated {category}',
    },
    {
      system: null,
      ask: 'Give {count} synonyms shoppers use for “{product}”, in {language}.',
      answer: 'Here are the terms that our query log supports, most frequent first, each with its share of clicks.',
    },
  ],
  marketing: [
    {
      system: 'Write in Northwind’s voice: plain, warm, no superlatives.',
      ask: 'A headline and one sentence for the {product}, for the {quarter} quarter newsletter.',
      answer:
        'Made for every day. The {product} is back in the {category} collection, built to be used and easy to repair.',
    },
    {
      system: null,
      ask: 'Translate into {language}: “Our {category} range is here, and it is made to last.”',
      answer: 'Here is the translation, followed by a shorter variant for banners that keeps the same meaning.',
    },
  ],
}
