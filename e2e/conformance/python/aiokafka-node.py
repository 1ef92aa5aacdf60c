"""Plugin of pytest: hands a running node to aiokafka's tests, whose own fixtures would start one with Docker.

Tests that want no node are left out. How each of the others ended is written to a file, one JSON object per line.
"""

import json
import os
import pathlib
import shlex
import subprocess

import pytest

settings = json.loads(os.environ["CONFORMANCE_AIOKAFKA"])
marks = {"passed": "passed", "failed": "failed", "skipped": "skipped"}


class Container:
    """Does the two of Kafka's tools that tests run inside the container: kafka-acls.sh and kafka-configs.sh."""

    def exec_run(self, command):
        done = subprocess.run(
            [*settings["tool"], *shlex.split(command)], capture_output=True, check=False
        )
        return done.returncode, done.stdout + done.stderr


def kafka_server():
    from tests.conftest import KafkaServer

    return KafkaServer("127.0.0.1", *settings["ports"], Container())


# None would mean that the hook below has nothing to say.
replaced = {
    "docker": object,
    "kafka_server": kafka_server,
    "kerberos_utils": object,
    "ssl_folder": lambda: pathlib.Path(settings["certificates"]),
}


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    make = replaced.get(fixturedef.argname)
    if make is None:
        return None
    value = make()
    fixturedef.cached_result = (value, fixturedef.cache_key(request), None)
    return value


def pytest_collection_modifyitems(config, items):
    unwanted = [item for item in items if "kafka_server" not in item.fixturenames]
    config.hook.pytest_deselected(items=unwanted)
    items[:] = [item for item in items if "kafka_server" in item.fixturenames]
    for item in items:
        if "gssapi" in item.name:
            item.add_marker(pytest.mark.skip(reason="wants a Kerberos server"))


def pytest_runtest_logreport(report):
    if report.when != "call" and report.outcome == "passed":
        return
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
    outcome = {"test": report.nodeid, "status": marks[report.outcome]}
    if report.outcome != "passed":
        outcome["detail"] = text[-1500:]
    with open(settings["report"], "a", encoding="utf-8") as file:
        file.write(json.dumps(outcome) + "\n")
