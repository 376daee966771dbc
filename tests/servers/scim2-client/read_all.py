"""Reads everybody of a SCIM service by pages of 100 with the published scim2-client.

What examples/read_all.rs is measured against, by `cargo xtask bench --reading`.

    SCIM_TOKEN=… python read_all.py http://127.0.0.1:8902/v2
"""

import os
import sys
import time

import email_validator
from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models import EnterpriseUser, SearchRequest, User

# The seeded addresses end in .test, which the client would refuse.
email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("test")


def main():
    token = os.environ["SCIM_TOKEN"]
    http = Client(
        base_url=sys.argv[1],
        headers={"Authorization": f"Bearer {token}"},
        timeout=300,
    )
    kind = User[EnterpriseUser]
    scim = SyncSCIMClient(http, resource_models=[kind])
    began = time.monotonic()
    start, users = 1, []
    while True:
        search = SearchRequest(start_index=start, count=100)
        page = scim.query(kind, query_parameters=search)
        users += page.resources or []
        start += 100
        if start > page.total_results:
            break
    print(f"{len(users)} accounts, {time.monotonic() - began:.3f} s")


if __name__ == "__main__":
    main()
