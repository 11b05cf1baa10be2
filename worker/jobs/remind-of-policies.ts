import { remindOfAcknowledgements } from '#lib/acknowledgements/remind-of-acknowledgements.ts'
import { remindOfDataSourceReviews } from '#lib/data-sources/remind-of-reviews.ts'
import { remindOfPolicyReviews } from '#lib/policies/remind-of-reviews.ts'
import type { Job } from './job.ts'

/** People who are asked for a policy, and owners of policies and data sources whose review is due, are reminded. */
export const remindOfPoliciesJob: Job = {
  name: 'remind-of-policies',
  cron: '25 6 * * *',
  run: async () => ({
    acknowledgements: await remindOfAcknowledgements(),
    policyReviews: await remindOfPolicyReviews(),
    dataSourceReviews: await remindOfDataSourceReviews(),
  }),
}
