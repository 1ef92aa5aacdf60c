"""librdkafka under failures: writes and reads until told to stop by a line on standard input, then by another one.

Prints "ack PARTITION NUMBER" for each acknowledged record, "got VALUE" for each record read, and "fatal REASON" when
the library itself says that it cannot go on.
"""
import sys
import threading
import time

from confluent_kafka import Consumer, Producer

servers, topic, partitions, group, client, pace_ms = sys.argv[1:7]
partitions = int(partitions)
producing = threading.Event()
consuming = threading.Event()
producing.set()
consuming.set()
lock = threading.Lock()


def say(line):
    with lock:
        sys.stdout.write(line + "\n")


def on_error(error):
    if error.fatal():
        say("fatal %s" % error)


def produce():
    producer = Producer({
        "bootstrap.servers": servers,
        "enable.idempotence": True,
        "linger.ms": 2,
        "message.timeout.ms": 600_000,
        "socket.timeout.ms": 4000,
        "reconnect.backoff.max.ms": 500,
        "error_cb": on_error,
    })

    def delivered(error, message):
        if error is None:
            say("ack %d %s" % (message.partition(), message.value().decode().split(" ")[2]))

    number = 0
    while producing.is_set():
        partition = number % partitions
        value = "%s %d %d" % (client, partition, number)
        try:
            producer.produce(topic, value=value, partition=partition, on_delivery=delivered)
        except BufferError:
            # Full while nobody takes anything: the same number once more.
            producer.poll(0.1)
            continue
        producer.poll(0)
        number += 1
        time.sleep(int(pace_ms) / 1000)
    producer.flush(600)
    say("produced")
    sys.stdout.flush()


def consume():
    consumer = Consumer({
        "bootstrap.servers": servers,
        "group.id": group,
        "auto.offset.reset": "earliest",
        "session.timeout.ms": 6000,
        "reconnect.backoff.max.ms": 500,
        "error_cb": on_error,
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
