"""librdkafka's Python binding. One job as JSON on standard input, the result as JSON on standard output."""
import base64
import json
import sys
import uuid

from confluent_kafka import Consumer, Producer, TIMESTAMP_CREATE_TIME


def decode(text):
    return None if text is None else base64.b64decode(text)


def encode(value):
    return None if value is None else base64.b64encode(value).decode()


def produce(job):
    producer = Producer({
        "bootstrap.servers": job["bootstrapServers"],
        "compression.type": job["codec"],
        "enable.idempotence": True,
        "message.max.bytes": 4_000_000,
        "queue.buffering.max.messages": 200_000,
        "batch.num.messages": 10_000,
        "batch.size": 4_000_000,
        "linger.ms": 20,
    })
    failures = []

    def delivered(error, _message):
        if error is not None:
            failures.append(str(error))

    for record in job["records"]:
        producer.produce(
            job["topic"],
            value=decode(record["value"]),
            key=decode(record["key"]),
            headers=[(name, decode(value)) for name, value in record["headers"]],
            timestamp=record["timestampMs"],
            partition=0,
            on_delivery=delivered,
        )
        producer.poll(0)
    producer.flush(30)
    if failures:
        raise SystemExit("delivery failed: " + failures[0])
    return {}


def consume(job):
    consumer = Consumer({
        "bootstrap.servers": job["bootstrapServers"],
        "group.id": job.get("group") or "interop-" + str(uuid.uuid4()),
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "fetch.message.max.bytes": 4_000_000,
    })
    consumer.subscribe([job["topic"]])
    records = []
    while len(records) < job["count"]:
        message = consumer.poll(20)
        if message is None:
            raise SystemExit("no message within 20 s after %d" % len(records))
        if message.error():
            raise SystemExit(str(message.error()))
        kind, timestamp = message.timestamp()
        records.append({
            "key": encode(message.key()),
            "value": encode(message.value()),
            "headers": [[name, encode(value)] for name, value in message.headers() or []],
            "timestampMs": timestamp if kind == TIMESTAMP_CREATE_TIME else -1,
        })
    consumer.commit(asynchronous=False)
    consumer.close()
    return {"records": records}


job = json.load(sys.stdin)
json.dump({"produce": produce, "consume": consume}[job["action"]](job), sys.stdout)
