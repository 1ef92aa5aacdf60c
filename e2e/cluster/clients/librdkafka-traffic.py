"""librdkafka under failures: writes and reads until told to stop by a line on standard input, then by another one.

Prints "ack PARTITION NUMBER" for each acknowledged record and "got VALUE" for each record read. A producer that the
library declares dead is replaced by another one, as its users do: versions before 2.3 count a record whose connection
was lost as written, and then find the broker out of order (librdkafka pull request 4438). What it had not delivered is
not sent again, since nobody knows whether it was written.
"""
import os
import sys
import threading
import time

from confluent_kafka import Consumer, KafkaException, Producer

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


def delivered(error, message):
    if error is None:
        say("ack %d %s" % (message.partition(), message.value().decode().split(" ")[2]))


def produce_from(number):
    """Returns the number after the last one that was given to the library, when it is to stop or is dead."""
    is_dead = []
    producer = Producer({
        "bootstrap.servers": servers,
        "enable.idempotence": True,
        "linger.ms": 2,
        "message.timeout.ms": 600_000,
        "socket.timeout.ms": 4000,
        "reconnect.backoff.max.ms": 500,
        "error_cb": lambda error: is_dead.append(error) if error.fatal() else None,
    })
    try:
        while producing.is_set():
            partition = number % partitions
            value = "%s %d %d" % (client, partition, number)
            try:
                producer.produce(topic, value=value, partition=partition, on_delivery=delivered)
            except BufferError:
                # Full while nobody takes anything: the same number once more.
                producer.poll(0.1)
                continue
            number += 1
            producer.poll(0)
            time.sleep(int(pace_ms) / 1000)
        while producer.flush(1) > 0 and not is_dead:
            pass
    except KafkaException:
        let_go(producer)
        time.sleep(1)
    return number


def let_go(producer):
    """It is dead; what it knows of deliveries it may still tell, and that it is dead once more."""
    try:
        producer.purge()
        producer.flush(1)
    except KafkaException:
        pass


def produce():
    number = 0
    while True:
        number = produce_from(number)
        if not producing.is_set():
            break
    say("produced")


def consume():
    consumer = Consumer({
        "bootstrap.servers": servers,
        "group.id": group,
        "auto.offset.reset": "earliest",
        "session.timeout.ms": 6000,
        "reconnect.backoff.max.ms": 500,
    })
    consumer.subscribe([topic])
    while consuming.is_set():
        message = consumer.poll(0.2)
        if message is not None and message.error() is None:
            say("got " + message.value().decode())
    consumer.close()


def run(work):
    """A thread that dies says so by the end of the process."""
    try:
        work()
    except BaseException as error:
        sys.stderr.write("librdkafka: %r\n" % error)
        sys.stderr.flush()
        os._exit(3)


threads = [threading.Thread(target=run, args=(work,)) for work in (produce, consume)]
for thread in threads:
    thread.start()
sys.stdin.readline()
producing.clear()
threads[0].join()
sys.stdin.readline()
consuming.clear()
threads[1].join()
sys.stdout.flush()
