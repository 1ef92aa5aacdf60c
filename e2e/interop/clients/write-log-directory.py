"""Fills topics of Apache Kafka for a test of its files. The bootstrap servers come as JSON on standard input.

Writes compressed, idempotent and transactional batches, commits and aborts, committed offsets of a group, and many
versions of few keys with tombstones on a compacted topic.
"""
import json
import sys

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

CODECS = ["none", "gzip", "snappy", "lz4", "zstd"]
# The name under which Kafka lets its own tests have segments below a mebibyte.
SMALL_SEGMENTS = {"internal.segment.bytes": "30000", "index.interval.bytes": "512", "retention.ms": "-1"}


def create(servers, name, **config):
    topic = NewTopic(name, 2, 1, config={**SMALL_SEGMENTS, **config})
    admin = AdminClient({"bootstrap.servers": servers})
    for future in admin.create_topics([topic]).values():
        future.result()


def producer(servers, codec, **config):
    return Producer({
        "bootstrap.servers": servers,
        "compression.type": codec,
        "enable.idempotence": True,
        "linger.ms": 2,
        "batch.num.messages": 40,
        **config,
    })


def value(index):
    # Half of it compresses, half does not.
    return ("value-%06d-" % index + "x" * (index % 100)).encode() + bytes((index * 7919 + i * 31) % 256 for i in range(index % 60))


def plain(servers):
    create(servers, "plain")
    for codec in CODECS:
        sender = producer(servers, codec)
        for index in range(400):
            sender.produce("plain", value(index), "key-%d" % (index % 50), index % 2, timestamp=1700000000000 + index,
                           headers=[("codec", codec.encode())])
            sender.poll(0)
        sender.flush(30)


def transactional(servers):
    create(servers, "transactional")
    for name in ("one", "two"):
        sender = producer(servers, "lz4", **{"transactional.id": name})
        sender.init_transactions(30)
        for round_number in range(24):
            sender.begin_transaction()
            for index in range(20):
                sender.produce("transactional", value(index), "%s-%d" % (name, round_number), index % 2)
            sender.flush(30)
            if round_number % 3 == 0:
                sender.abort_transaction(30)
            else:
                sender.commit_transaction(30)


def compacted(servers):
    create(servers, "compacted", **{
        "cleanup.policy": "compact",
        "min.cleanable.dirty.ratio": "0.01",
        "max.compaction.lag.ms": "100",
        "delete.retention.ms": "100",
        "segment.ms": "500",
    })
    sender = producer(servers, "zstd", **{"transactional.id": "compacting"})
    sender.init_transactions(30)
    for round_number in range(30):
        sender.begin_transaction()
        for index in range(60):
            is_tombstone = index % 9 == round_number % 9
            sender.produce("compacted", None if is_tombstone else value(round_number * 60 + index),
                           "key-%d" % (index % 40), index % 2)
        sender.flush(30)
        if round_number % 5 == 4:
            sender.abort_transaction(30)
        else:
            sender.commit_transaction(30)


def offsets(servers):
    consumer = Consumer({"bootstrap.servers": servers, "group.id": "readers", "auto.offset.reset": "earliest",
                         "enable.auto.commit": False})
    consumer.subscribe(["plain"])
    count = 0
    while count < 1000:
        message = consumer.poll(10)
        if message is not None and message.error() is None:
            count += 1
            if count % 250 == 0:
                consumer.commit(message, asynchronous=False)
    consumer.close()


def read(servers, topics):
    """Every record as a read_uncommitted consumer of Apache Kafka sees it: what ours must be equal to."""
    consumer = Consumer({"bootstrap.servers": servers, "group.id": "compare", "enable.auto.commit": False,
                         "isolation.level": "read_uncommitted", "auto.offset.reset": "earliest"})
    records = []
    for topic in topics:
        for partition in range(2):
            _, end = consumer.get_watermark_offsets(TopicPartition(topic, partition))
            consumer.assign([TopicPartition(topic, partition, 0)])
            while True:
                position = consumer.position([TopicPartition(topic, partition)])[0].offset
                if position >= end:
                    break
                message = consumer.poll(1)
                if message is None or message.error() is not None:
                    # Only markers or compacted offsets are left before the end.
                    if message is None and records and position >= 0:
                        break
                    continue
                records.append([topic, partition, message.offset(), message.timestamp()[1],
                                None if message.key() is None else message.key().hex(),
                                None if message.value() is None else message.value().hex()])
    consumer.close()
    return records


def main():
    job = json.load(sys.stdin)
    servers = job["bootstrapServers"]
    if job["action"] == "write":
        plain(servers)
        transactional(servers)
        compacted(servers)
        offsets(servers)
        print("{}")
    else:
        print(json.dumps(read(servers, job["topics"])))


main()
