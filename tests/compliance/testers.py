"""Puts a SCIM service before two published testers: scim2-tester and scim-sanity.

    python testers.py <base URL> <bearer token>

It prints one JSON line for each check: tester, version, check (its name, which
stays the same from run to run), passed, and what the tester said (status,
reason). What the testers judge, and how, is their own.
"""

import importlib.metadata
import json
import random
import sys
from collections import Counter

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models import ResourceType, Schema
from scim2_tester import Status, check_server
from scim_sanity.probe.runner import run_probe_api

GOOD = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE}
METHODS = {"POST", "PUT", "PATCH", "DELETE"}


def scim2_tester(url, token):
    # The values that it makes up are drawn anew in each run, but the choices are not.
    random.seed(0)
    headers = {"Authorization": f"Bearer {token}"}
    with Client(base_url=url, headers=headers, trust_env=False) as client:
        for result in check_server(SyncSCIMClient(client)):
            parts = [result.resource_type, result.title, subject(result)]
            yield {
                "check": " ".join(part for part in parts if part),
                "passed": result.status in GOOD,
                "status": result.status.name,
                "reason": result.reason or "",
            }


def subject(result):
    """What one of several results of a check is about."""
    if isinstance(result.data, dict):
        return result.data.get("urn")
    if isinstance(result.data, (ResourceType, Schema)):
        return result.data.id
    first = (result.reason or "").split(" ")[0]
    return first if first in METHODS else None


def scim_sanity(url, token):
    for result in run_probe_api(url, token=token)["results"]:
        yield {
            "check": result["name"],
            "passed": result["status"] == "pass",
            "status": result["status"],
            "reason": result.get("message") or "",
        }


def main():
    url, token = sys.argv[1:]
    for tester, run in [("scim2-tester", scim2_tester), ("scim-sanity", scim_sanity)]:
        head = {"tester": tester, "version": importlib.metadata.version(tester)}
        seen = Counter()
        for line in run(url, token):
            seen[line["check"]] += 1
            if seen[line["check"]] > 1:
                line["check"] += f" ({seen[line['check']]})"
            print(json.dumps(head | line))


if __name__ == "__main__":
    main()
