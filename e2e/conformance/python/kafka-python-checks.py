import threading
import time

from checks import BOOTSTRAP, Skipped, run, unique
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, NewPartitions, NewTopic
from kafka.errors import MessageSizeTooLargeError, TopicAlreadyExistsError
from kafka.structs import OffsetAndMetadata

admin = KafkaAdminClient(bootstrap_servers=BOOTSTRAP)


def create(partitions=1, **config):
    topic = unique("kafka-python")
    admin.create_topics([NewTopic(topic, partitions, 1, topic_configs=config)])
    return topic


def produce(topic, count, **config):
    producer = KafkaProducer(bootstrap_servers=BOOTSTRAP, **config)
    sent = [
        producer.send(topic, key=b"k%d" % index, value=b"v%d" % index, headers=[("h", b"1")]) for index in range(count)
    ]
    producer.flush(30)
    offsets = [future.get(30).offset for future in sent]
    producer.close()
    return offsets


def consumer(*topics, **config):
    return KafkaConsumer(
        *topics,
        **{
            "bootstrap_servers": BOOTSTRAP,
            "auto_offset_reset": "earliest",
            "consumer_timeout_ms": 40_000,
            **config,
        },
    )


def read(member, count):
    found = []
    for record in member:
        found.append(record)
        if len(found) == count:
            return found
    raise AssertionError(f"{len(found)} of {count}")


def codecs():
    """produces and consumes with every codec that is installed"""
    for codec in [None, "gzip", "snappy", "lz4", "zstd"]:
        topic = create()
        try:
            produce(topic, 50, compression_type=codec)
        except AssertionError as error:
            if "Libraries for" in str(error):
                continue
            raise
        member = consumer(topic)
        found = read(member, 50)
        assert [record.value for record in found] == [b"v%d" % index for index in range(50)]
        assert found[0].headers == [("h", b"1")]
        member.close()


def acks():
    """has acknowledgements of none, one and all"""
    for value in [0, 1, "all"]:
        topic = create()
        produce(topic, 10, acks=value)
        member = consumer(topic)
        read(member, 10)
        member.close()


def versions():
    """speaks as clients of old releases do, as far as the broker goes back"""
    for version in [(1, 0, 0), (2, 0, 0), (2, 1, 0), (2, 5, 0)]:
        topic = create()
        produce(topic, 3, api_version=version)
        member = consumer(topic, api_version=version)
        read(member, 3)
        member.close()


def commits():
    """commits offsets and goes on there"""
    topic, group = create(), unique("group")
    produce(topic, 10)
    first = consumer(topic, group_id=group, enable_auto_commit=False)
    read(first, 4)
    partition = TopicPartition(topic, 0)
    try:
        offset = OffsetAndMetadata(4, "m")
    except TypeError:
        offset = OffsetAndMetadata(4, "m", -1)
    first.commit({partition: offset})
    assert first.committed(partition) == 4
    first.close()
    second = consumer(topic, group_id=group)
    assert read(second, 6)[0].offset == 4
    second.close()


def rebalances():
    """shares partitions between members"""
    topic, group = create(4), unique("group")
    members = [consumer(topic, group_id=group) for _ in range(2)]
    deadline = time.monotonic() + 90

    def shared():
        return [len(member.assignment()) for member in members] == [2, 2]

    def poll(member):
        # A call may wait for the others of the group: each has a thread.
        while not shared() and time.monotonic() < deadline:
            member.poll(200)

    threads = [threading.Thread(target=poll, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shared(), [member.assignment() for member in members]
    for member in members:
        member.close()


def offsets():
    """knows beginnings, ends and offsets for times, and seeks"""
    topic = create()
    produce(topic, 5)
    partition = TopicPartition(topic, 0)
    member = consumer()
    member.assign([partition])
    assert member.beginning_offsets([partition]) == {partition: 0}
    assert member.end_offsets([partition]) == {partition: 5}
    assert member.offsets_for_times({partition: 0})[partition].offset == 0
    member.seek(partition, 3)
    assert read(member, 2)[0].offset == 3
    assert member.position(partition) == 5
    member.close()


def patterns():
    """subscribes to a pattern"""
    topic = create()
    produce(topic, 3)
    member = consumer(metadata_max_age_ms=1000)
    member.subscribe(pattern=f"^{topic}$")
    read(member, 3)
    member.close()


def topics():
    """creates, extends, lists, describes and deletes topics"""
    topic = create()
    admin.create_partitions({topic: NewPartitions(3)})
    described = admin.describe_topics([topic])
    assert len(described[0]["partitions"]) == 3
    assert topic in admin.list_topics()
    try:
        admin.create_topics([NewTopic(topic, 1, 1)])
        raise AssertionError("it was created twice")
    except TopicAlreadyExistsError:
        pass
    admin.delete_topics([topic])
    assert topic not in admin.list_topics()


def configs():
    """describes and alters configs"""
    topic = create(1, **{"retention.ms": "1000"})
    resource = ConfigResource(ConfigResourceType.TOPIC, topic)
    assert "1000" in str(admin.describe_configs([resource]))
    admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs={"retention.ms": "2000"})])
    assert "2000" in str(admin.describe_configs([resource]))


def groups():
    """lists, describes and deletes groups, and reads their offsets"""
    topic, group = create(), unique("group")
    produce(topic, 3)
    member = consumer(topic, group_id=group)
    read(member, 3)
    described = admin.describe_consumer_groups([group])[0]
    assert len(described.members) == 1
    member.close()
    assert group in [found[0] for found in admin.list_consumer_groups()]
    assert admin.list_consumer_group_offsets(group)[TopicPartition(topic, 0)].offset == 3
    admin.delete_consumer_groups([group])
    assert group not in [found[0] for found in admin.list_consumer_groups()]


def cluster():
    """describes the cluster"""
    if not hasattr(admin, "describe_cluster"):
        raise Skipped("this release has no call for it")
    assert len(admin.describe_cluster()["brokers"]) == 1


def too_large():
    """hears of a message that is too large"""
    producer = KafkaProducer(bootstrap_servers=BOOTSTRAP, max_request_size=3_000_000)
    try:
        producer.send(create(), b"x" * 2_000_000).get(30)
        raise AssertionError("it was taken")
    except MessageSizeTooLargeError:
        producer.close()


run([codecs, acks, versions, commits, rebalances, offsets, patterns, topics, configs, groups, cluster, too_large])
