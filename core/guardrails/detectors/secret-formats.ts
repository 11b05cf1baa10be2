import { entropy } from '../checksums.ts'

/** The form in which an issuer makes its keys. */
export interface SecretFormat {
  readonly kind: string
  /** What every key begins with; two characters at least. */
  readonly prefixes: readonly string[]
  /** Sticky, from the prefix on. */
  readonly pattern: RegExp
  valid?(text: string): boolean
}

const END = '(?![A-Za-z0-9_])'

function format(kind: string, prefixes: string[], rest: string, least = 0): SecretFormat {
  const heads = prefixes.map(prefix => prefix.replace(/[.+]/g, '\\$&')).join('|')
  const pattern = new RegExp(`(?:${heads})${rest}`, 'y')
  return least > 0 ? { kind, prefixes, pattern, valid: text => entropy(text) >= least } : { kind, prefixes, pattern }
}

/** Published key formats of issuers, each from the issuer's own documentation or its tokens' look. */
export const SECRET_FORMATS: readonly SecretFormat[] = [
  format('aws_access_key', ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'], `[A-Z0-9]{13,17}${END}`, 2.5),
  format('aws_bedrock_key', ['ABSKQmVkcm9ja0', 'bedrock-api-key-'], `[A-Za-z0-9+/=]{20,}`),
  format('gcp_api_key', ['AIza'], `[\\w-]{35}(?![\\w-])`, 3),
  format('gcp_oauth_token', ['ya29.'], `[\\w-]{20,}`),
  format('gcp_oauth_secret', ['GOCSPX-'], `[\\w-]{28}`),
  format('github_token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], `[A-Za-z0-9]{36}${END}`, 3),
  format('github_fine_grained_token', ['github_pat_'], `\\w{82}`, 3),
  format(
    'gitlab_token',
    ['glpat-', 'gldt-', 'glft-', 'glsoat-', 'glrt-', 'glcbt-', 'glptt-', 'glagent-', 'gloas-', 'glimt-', 'GR1348941'],
    `[\\w-]{20,64}`,
    3,
  ),
  format(
    'slack_token',
    ['xoxb-', 'xoxp-', 'xoxe-', 'xoxa-', 'xoxr-', 'xoxo-', 'xoxs-', 'xoxe.xoxb-', 'xoxe.xoxp-'],
    `[0-9A-Za-z-]{10,250}`,
    2.5,
  ),
  format('slack_app_token', ['xapp-'], `\\d-[A-Z0-9]+-\\d+-[A-Za-z0-9]+`),
  format('slack_webhook', ['hooks.slack.com/'], `(?:services|workflows|triggers)/[A-Za-z0-9+/]{40,60}`),
  format('discord_webhook', ['discord.com/api/webhooks/'], `\\d{17,20}/[\\w-]{60,68}`),
  format('teams_webhook', ['webhook.office.com/'], `webhookb2/[\\w@-]{30,}/IncomingWebhook/\\w{32}/[\\w-]{36}`),
  format(
    'stripe_key',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_prod_', 'rk_prod_', 'whsec_'],
    `[A-Za-z0-9]{10,99}${END}`,
    2.5,
  ),
  format('openai_key', ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-'], `[\\w-]{32,200}`, 3),
  format('openai_key', ['sk-'], `[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}`),
  format('anthropic_key', ['sk-ant-'], `[\\w-]{24,120}`, 3),
  format('openrouter_key', ['sk-or-v1-'], `[0-9a-f]{64}`),
  format('vendor_key', ['sk-'], `[A-Za-z0-9]{32,64}${END}`, 3.5),
  format('groq_key', ['gsk_'], `[A-Za-z0-9]{40,60}${END}`),
  format('xai_key', ['xai-'], `[A-Za-z0-9]{60,90}${END}`),
  format('perplexity_key', ['pplx-'], `[A-Za-z0-9]{40,60}${END}`),
  format('hugging_face_token', ['hf_', 'api_org_'], `[A-Za-z]{34}${END}`, 2.5),
  format('replicate_token', ['r8_'], `[A-Za-z0-9]{37}${END}`),
  format('sendgrid_key', ['SG.'], `[\\w-]{16,32}\\.[\\w-]{32,64}`),
  format('mailgun_key', ['key-'], `[0-9a-f]{32}${END}`),
  format('mailchimp_key', ['mc-'], `[0-9a-f]{32}-us\\d{1,2}`),
  format('brevo_key', ['xkeysib-'], `[0-9a-f]{64}-[A-Za-z0-9]{16}`),
  format('twilio_key', ['SK', 'AC'], `[0-9a-f]{32}${END}`, 3),
  format('npm_token', ['npm_'], `[A-Za-z0-9]{36}${END}`, 3),
  format('pypi_token', ['pypi-AgE'], `[\\w-]{50,1000}`),
  format('rubygems_token', ['rubygems_'], `[0-9a-f]{48}`),
  format('docker_token', ['dckr_pat_', 'dckr_oat_'], `[\\w-]{27,32}`),
  format('digitalocean_token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], `[0-9a-f]{64}`),
  format('shopify_token', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], `[0-9a-fA-F]{32}`),
  format('square_token', ['sq0atp-', 'sq0csp-', 'EAAA'], `[\\w-]{22,60}(?![\\w-])`, 3),
  format('databricks_token', ['dapi'], `[0-9a-f]{32}(?:-\\d)?${END}`),
  format('linear_key', ['lin_api_', 'lin_oauth_'], `[A-Za-z0-9]{40,64}`),
  format('notion_token', ['ntn_', 'secret_'], `[A-Za-z0-9]{43,50}${END}`, 3.5),
  format('atlassian_token', ['ATATT3', 'ATCTT3'], `[\\w=-]{60,200}`),
  format('airtable_token', ['pat'], `[A-Za-z0-9]{14}\\.[0-9a-f]{64}`),
  format('asana_token', ['2/'], `\\d{14,17}/\\d{14,17}:[0-9a-f]{32}`),
  format('figma_token', ['figd_', 'figu_'], `[\\w-]{38,60}`),
  format('telegram_bot_token', ['bot'], `\\d{8,10}:AA[\\w-]{33}`),
  format('grafana_token', ['glsa_', 'glc_', 'eyJrIjoi'], `[A-Za-z0-9_+/=]{32,400}`),
  format('new_relic_key', ['NRAK-', 'NRII-', 'NRJS-', 'NRIQ-'], `[A-Za-z0-9-]{19,40}`),
  format('sentry_token', ['sntrys_', 'sntryu_'], `[\\w+/=]{60,400}`),
  format('dynatrace_token', ['dt0c01.', 'dt0s01.'], `[A-Z0-9]{24}\\.[A-Z0-9]{64}`),
  format('hashicorp_vault_token', ['hvs.', 'hvb.', 'hvr.'], `[\\w-]{24,300}`),
  format('terraform_token', ['atlasv1.'], `[\\w-]{40,80}`),
  format('pulumi_token', ['pul-'], `[0-9a-f]{40}`),
  format('doppler_token', ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.'], `[A-Za-z0-9._-]{40,60}`),
  format('postman_key', ['PMAK-'], `[0-9a-f]{24}-[0-9a-f]{34}`),
  format('planetscale_token', ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'], `[\\w.=-]{32,64}`),
  format('age_secret_key', ['AGE-SECRET-KEY-1'], `[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}`),
  format('one_password_key', ['ops_eyJ', 'A3-'], `[A-Za-z0-9+/=_-]{30,}`, 3.5),
  format('easypost_key', ['EZAK', 'EZTK'], `[A-Za-z0-9]{54}${END}`),
  format('flutterwave_key', ['FLWSECK_TEST-', 'FLWSECK-'], `[A-Za-z0-9-]{12,48}`),
  format('sumup_key', ['sup_sk_'], `[A-Za-z0-9]{32,64}`),
  format('heroku_key', ['HRKU-'], `[\\w-]{36,64}`),
  format('cloudflare_origin_key', ['v1.0-'], `[0-9a-f]{24}-[0-9a-f]{146}`),
  format('fly_token', ['fo1_', 'fm1_', 'fm2_'], `[\\w+/=-]{40,}`),
  format('supabase_key', ['sbp_', 'sb_secret_'], `[A-Za-z0-9_-]{30,64}`),
  format('vercel_token', ['vercel_blob_rw_'], `[A-Za-z0-9_]{30,}`),
  format('facebook_token', ['EAACEdEose0cBA', 'EAAM', 'EAAB'], `[A-Za-z0-9]{80,300}`),
  format('jwt', ['eyJ'], `[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}`),
  format('azure_client_secret', ['8Q~', '7Q~', '6Q~', '5Q~'], `[\\w.~-]{31,34}`),
  format('azure_storage_key', ['AccountKey='], `[A-Za-z0-9+/]{86}==`),
]
