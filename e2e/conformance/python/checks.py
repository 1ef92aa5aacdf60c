"""Runs functions whose docstring is a sentence, and prints a line of JSON for each: name, status, detail."""

import json
import sys
import traceback
import uuid

BOOTSTRAP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:9092"


def unique(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


class Skipped(Exception):
    pass


def run(checks):
    for check in checks:
        result = {"name": check.__doc__, "status": "passed"}
        try:
            check()
        except Skipped as reason:
            result.update(status="skipped", detail=str(reason))
        except Exception:
            result.update(status="failed", detail=traceback.format_exc()[-1500:])
        print(json.dumps(result), flush=True)
