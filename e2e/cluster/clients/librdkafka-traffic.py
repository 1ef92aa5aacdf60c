"""librdkafka under failures: writes and reads until told to stop by a line on standard input, then by another one.

Prints "ack PARTITION NUMBER" for each acknowledged record and "got VALUE" for each record read.
"""
import sys
import threading
import time

from confluent_kafka import Consumer, Producer

servers, topic, partitions, group, client = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]
producing = threading.Event()
consuming = threading.Event()
producing.set()
consuming.set()
lock = threading.Lock()


def say(line):
    with lock:
        sys.stdout.write(line + "\n")


def produce():
    producer = Producer({
        "bootstrap.servers": servers,
        "enable.idempotence": True,
        "linger.ms": 2,
        "message.timeout.ms": 120_000,
        "socket.timeout.ms": 4000,
        "reconnect.backoff.max.ms": 500,
    })

    def delivered(error, message):
        if error is None:
            say("ack %d %s" % (message.partition(), message.value().decode().split(" ")[2]))

    number = 0
    while producing.is_set():
        partition = number % partitions
        producer.produce(topic, value="%s %d %d" % (client, partition, number), partition=partition, on_delivery=delivered)
        producer.poll(0)
        number += 1
        time.sleep(0.005)
    producer.flush(120)
    say("produced")
    sys.stdout.flush()


def consume():
    consumer = Consumer({
        "bootstrap.servers": servers,
        "group.id": group,
        "auto.offset.reset": "earliest",
        "session.timeout.ms": 6000,
    })
    consumer.subscribe([topic])
    while consuming.is_set():
        message = consumer.poll(0.2)
        if message is not None and message.error() is None:
            say("got " + message.value().decode())
    consumer.close()


threads = [threading.Thread(target=produce), threading.Thread(target=consume)]
for thread in threads:
    thread.start()
sys.stdin.readline()
producing.clear()
threads[0].join()
sys.stdin.readline()
consuming.clear()
threads[1].join()
sys.stdout.flush()
