/**
 * Where SES can receive mail: an installation needs both ways in one region. From the "Email receiving endpoints" table
 * of the AWS General Reference, as of 2026-11; `relance doctor` asks the endpoint itself.
 */
export const RECEIVING_REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
] as const;
export type ReceivingRegion = (typeof RECEIVING_REGIONS)[number];
