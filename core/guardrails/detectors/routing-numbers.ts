import { weighted } from '../checksums.ts'
import type { Detector } from '../detector.ts'
import { numberFinder } from '../number-forms.ts'

const CONTEXT = /routing|\baba\b|\brtn\b|transit|\bach\b|fedwire|wire transfer|bank code/

const ACCOUNT =
  /(?:bank|checking|savings?|deposit|routing|wire|\bach\b|debit|payroll|payee|beneficiary|sort code|swift|\bbic\b)[^.\n]{0,30}(?:account|acct|a\/c)|(?:account|acct|a\/c)[^.\n]{0,24}(?:bank|checking|savings|deposit|routing|sort code|swift|\bbic\b)/

/** US routing transit numbers: a Federal Reserve range, the ABA checksum (weights 3-7-1) and a word beside them; account numbers beside words of a bank. */
export const routingNumbers: Detector = {
  id: 'routing_number',
  find: numberFinder([
    {
      kind: 'us_routing_number',
      layouts: ['9', '4-4-1'],
      needContext: 'all',
      context: CONTEXT,
      alone: 'always',
      valid: digits =>
        /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(digits) &&
        digits !== '000000000' &&
        weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
    },
    {
      kind: 'us_bank_account',
      layouts: ['8', '9', '10', '11', '12', '13', '14', '15', '16', '17'],
      needContext: 'all',
      context: ACCOUNT,
      valid: digits => !/^(\d)\1+$/.test(digits),
    },
  ]),
}
