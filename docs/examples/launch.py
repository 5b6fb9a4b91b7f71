"""Launches campaign.json with Python's standard library: python3 docs/examples/launch.py"""
import os
import pathlib
import sys
import urllib.error
import urllib.request

request = urllib.request.Request(
    os.environ["RELANCE_URL"] + "/v1/campaigns",
    data=pathlib.Path(__file__).with_name("campaign.json").read_bytes(),
    headers={
        "Authorization": "Bearer " + os.environ["RELANCE_TOKEN"],
        "Content-Type": "application/json",
        "Idempotency-Key": "porto-by-python",
    },
)
try:
    with urllib.request.urlopen(request, timeout=30) as response:
        print(response.read().decode())
except urllib.error.HTTPError as refusal:
    # A problem (RFC 9457): "errors" names each place that has to be changed.
    sys.exit(refusal.read().decode())
