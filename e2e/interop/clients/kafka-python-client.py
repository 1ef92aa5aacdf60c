"""kafka-python. One job as JSON on standard input, the result as JSON on standard output."""
import base64
import json
import sys
import uuid

from kafka import KafkaConsumer, KafkaProducer
from kafka.structs import OffsetAndMetadata, TopicPartition


def decode(text):
    return None if text is None else base64.b64decode(text)


def encode(value):
    return None if value is None else base64.b64encode(value).decode()


def produce(job):
    producer = KafkaProducer(
        bootstrap_servers=job["bootstrapServers"],
        compression_type=None if job["codec"] == "none" else job["codec"],
        acks="all",
        max_request_size=4_000_000,
        batch_size=1_000_000,
        linger_ms=20,
    )
    futures = [
        producer.send(
            job["topic"],
            value=decode(record["value"]),
            key=decode(record["key"]),
            headers=[(name, decode(value)) for name, value in record["headers"]],
            timestamp_ms=record["timestampMs"],
            partition=0,
        )
        for record in job["records"]
    ]
    producer.flush(30)
    for future in futures:
        future.get(timeout=10)
    producer.close(10)
    return {}


def consume(job):
    consumer = KafkaConsumer(
        job["topic"],
        bootstrap_servers=job["bootstrapServers"],
        group_id=job.get("group") or "interop-" + str(uuid.uuid4()),
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=4_000_000,
        consumer_timeout_ms=20_000,
    )
    records = []
    for message in consumer:
        records.append({
            "key": encode(message.key),
            "value": encode(message.value),
            "headers": [[name, encode(value)] for name, value in message.headers],
            "timestampMs": message.timestamp,
        })
        if len(records) == job["count"]:
            break
    if len(records) < job["count"]:
        raise SystemExit("no message within 20 s after %d" % len(records))
    consumer.commit({TopicPartition(job["topic"], 0): OffsetAndMetadata(job["count"], "")})
    consumer.close()
    return {"records": records}


job = json.load(sys.stdin)
json.dump({"produce": produce, "consume": consume}[job["action"]](job), sys.stdout)
