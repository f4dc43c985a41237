"""Reads a calendar by exchangelib, once for each line it is told; answers each with a line of JSON."""

import json
import resource
import sys
import time

from exchangelib import BASIC, DELEGATE, Account, Configuration, Credentials, Version
from exchangelib.version import EXCHANGE_2013_SP1


def account_of(email, password, url):
    config = Configuration(
        service_endpoint=url,
        credentials=Credentials(email, password),
        auth_type=BASIC,
        version=Version(EXCHANGE_2013_SP1),
    )
    return Account(email, config=config, autodiscover=False, access_type=DELEGATE)


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    account = account_of(*sys.argv[1:4])
    account.calendar.total_count
    for _ in sys.stdin:
        before, started = processor_seconds(), time.perf_counter()
        count = sum(1 for _ in account.calendar.all())
        cost = {
            "ms": (time.perf_counter() - started) * 1000,
            "cpuMs": (processor_seconds() - before) * 1000,
            "count": count,
        }
        print(json.dumps(cost), flush=True)


main()
