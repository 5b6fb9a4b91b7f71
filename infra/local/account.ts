/**
 * The account and region that every embedded service pretends to stand in. No real account has this number, so an ARN
 * or URL made here can never name something of anyone's.
 */
export const LOCAL_ACCOUNT = '000000000000';
export const LOCAL_REGION = 'us-east-1';
