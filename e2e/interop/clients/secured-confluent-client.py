"""Writes a record and reads it in a group: secured-confluent-client.py TOPIC GROUP, with the settings as JSON on stdin."""
import json
import sys
import uuid

from confluent_kafka import Consumer, Producer

topic, group = sys.argv[1:3]
settings = json.load(sys.stdin)
wanted = uuid.uuid4().hex.encode()

producer = Producer(settings)
failures = []
producer.produce(topic, wanted, on_delivery=lambda error, _: failures.append(error) if error else None)
producer.flush(20)
if failures:
    sys.exit(f"not delivered: {failures[0]}")

consumer = Consumer({**settings, "group.id": group, "auto.offset.reset": "earliest"})
consumer.subscribe([topic])
for _ in range(100):
    message = consumer.poll(20)
    if message is None:
        sys.exit("nothing came")
    if message.error():
        sys.exit(f"not read: {message.error()}")
    if message.value() == wanted:
        consumer.close()
        sys.exit(0)
sys.exit("the record did not come")
