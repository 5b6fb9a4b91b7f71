#!/bin/sh
# Launches campaign.json with curl. RELANCE_URL and RELANCE_TOKEN are what `npm start` prints.
set -e
curl --silent --show-error --fail-with-body \
  "$RELANCE_URL/v1/campaigns" \
  --header "Authorization: Bearer $RELANCE_TOKEN" \
  --header "Content-Type: application/json" \
  --header "Idempotency-Key: porto-by-curl" \
  --data @"$(dirname "$0")/campaign.json"
