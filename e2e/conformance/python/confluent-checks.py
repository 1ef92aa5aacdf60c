import time

from checks import BOOTSTRAP, Skipped, run, unique
from confluent_kafka import (
    OFFSET_BEGINNING,
    Consumer,
    KafkaError,
    KafkaException,
    Producer,
    TopicPartition,
)
from confluent_kafka import admin as api
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic

admin = AdminClient({"bootstrap.servers": BOOTSTRAP})


def create(partitions=1, **config):
    topic = unique("confluent")
    for future in admin.create_topics([NewTopic(topic, partitions, 1, config=config)]).values():
        future.result(30)
    return topic


def produce(topic, count, **config):
    failures = []
    producer = Producer({"bootstrap.servers": BOOTSTRAP, **config})
    for index in range(count):
        producer.produce(
            topic,
            key=f"k{index}",
            value=f"v{index}",
            headers=[("h", b"1")],
            on_delivery=lambda error, _: error and failures.append(error),
        )
        producer.poll(0)
    assert producer.flush(30) == 0
    assert not failures, failures


def consumer(group=None, **config):
    return Consumer(
        {
            "bootstrap.servers": BOOTSTRAP,
            "group.id": group or unique("group"),
            "auto.offset.reset": "earliest",
            **config,
        }
    )


def read(member, count, seconds=40):
    found = []
    deadline = time.monotonic() + seconds
    while len(found) < count and time.monotonic() < deadline:
        message = member.poll(0.5)
        if message is None:
            continue
        if message.error():
            raise KafkaException(message.error())
        found.append(message)
    assert len(found) == count, f"{len(found)} of {count}"
    return found


def codecs():
    """produces and consumes with every codec, with and without idempotence"""
    for codec in ["none", "gzip", "snappy", "lz4", "zstd"]:
        for idempotent in [False, True]:
            topic = create(3)
            produce(topic, 100, **{"compression.type": codec, "enable.idempotence": idempotent})
            member = consumer()
            member.subscribe([topic])
            found = read(member, 100)
            assert {m.value() for m in found} == {f"v{i}".encode() for i in range(100)}
            assert found[0].headers() == [("h", b"1")]
            member.close()


def acks():
    """has acknowledgements of none, one and all"""
    for value in ["0", "1", "all"]:
        topic = create()
        produce(topic, 10, acks=value)
        member = consumer()
        member.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
        read(member, 10)
        member.close()


def commits():
    """commits offsets and goes on there"""
    topic, group = create(), unique("group")
    produce(topic, 10)
    first = consumer(group, **{"enable.auto.commit": False})
    first.subscribe([topic])
    found = read(first, 4)
    first.commit(message=found[-1], asynchronous=False)
    assert first.committed([TopicPartition(topic, 0)], 20)[0].offset == 4
    first.close()
    second = consumer(group)
    second.subscribe([topic])
    assert read(second, 6)[0].offset() == 4
    second.close()


def rebalances():
    """shares partitions between members, eagerly and cooperatively"""
    for strategy in ["range", "roundrobin", "cooperative-sticky"]:
        topic, group = create(4), unique("group")
        members = [consumer(group, **{"partition.assignment.strategy": strategy}) for _ in range(2)]
        for member in members:
            member.subscribe([topic])
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            for member in members:
                member.poll(0.1)
            if [len(member.assignment()) for member in members] == [2, 2]:
                break
        assert [len(member.assignment()) for member in members] == [2, 2], strategy
        for member in members:
            member.close()


def static_member():
    """comes back as a static member with its partitions"""
    topic, group = create(2), unique("group")
    produce(topic, 6)
    for _ in range(2):
        member = consumer(group, **{"group.instance.id": "one"})
        member.subscribe([topic])
        deadline = time.monotonic() + 30
        while len(member.assignment()) < 2 and time.monotonic() < deadline:
            member.poll(0.2)
        assert len(member.assignment()) == 2
        member.close()


def patterns():
    """subscribes to a pattern"""
    topic = create()
    produce(topic, 3)
    member = consumer(**{"topic.metadata.refresh.interval.ms": 1000})
    member.subscribe([f"^{topic[:-1]}.$"])
    read(member, 3)
    member.close()


def watermarks():
    """knows watermarks and offsets for times, and seeks"""
    topic = create()
    produce(topic, 5)
    member = consumer()
    assert member.get_watermark_offsets(TopicPartition(topic, 0), 20) == (0, 5)
    times = member.offsets_for_times([TopicPartition(topic, 0, 0)], 20)
    assert times[0].offset == 0
    member.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
    read(member, 5)
    member.seek(TopicPartition(topic, 0, 3))
    assert read(member, 2)[0].offset() == 3
    member.pause([TopicPartition(topic, 0)])
    member.resume([TopicPartition(topic, 0)])
    member.close()


def transactions():
    """commits and aborts transactions; read_committed sees the committed one only"""
    topic = create()
    producer = Producer({"bootstrap.servers": BOOTSTRAP, "transactional.id": unique("txn")})
    producer.init_transactions(30)
    for value, ends in [("aborted", producer.abort_transaction), ("committed", producer.commit_transaction)]:
        producer.begin_transaction()
        producer.produce(topic, value)
        producer.flush(20)
        ends(30)
    member = consumer(**{"isolation.level": "read_committed"})
    member.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
    assert read(member, 1)[0].value() == b"committed"
    member.close()


def offsets_in_transactions():
    """sends offsets with a transaction"""
    source, target, group = create(), create(), unique("group")
    produce(source, 3)
    member = consumer(group, **{"enable.auto.commit": False})
    member.subscribe([source])
    found = read(member, 3)
    producer = Producer({"bootstrap.servers": BOOTSTRAP, "transactional.id": unique("txn")})
    producer.init_transactions(30)
    producer.begin_transaction()
    for message in found:
        producer.produce(target, message.value())
    producer.send_offsets_to_transaction(member.position(member.assignment()), member.consumer_group_metadata(), 30)
    producer.commit_transaction(30)
    assert member.committed([TopicPartition(source, 0)], 20)[0].offset == 3
    member.close()


def fencing():
    """fences the producer that came before with the same transactional id"""
    topic, name = create(), unique("txn")
    old = Producer({"bootstrap.servers": BOOTSTRAP, "transactional.id": name})
    old.init_transactions(30)
    new = Producer({"bootstrap.servers": BOOTSTRAP, "transactional.id": name})
    new.init_transactions(30)
    old.begin_transaction()
    old.produce(topic, "x")
    try:
        old.commit_transaction(30)
    except KafkaException as error:
        assert error.args[0].code() in (KafkaError._FENCED, KafkaError.PRODUCER_FENCED, KafkaError.INVALID_PRODUCER_EPOCH)
        return
    raise AssertionError("the old producer was not fenced")


def topics():
    """creates, extends, describes and deletes topics"""
    topic = create(1)
    admin.create_partitions([NewPartitions(topic, 3)])[topic].result(30)
    deadline = time.monotonic() + 20
    while len(admin.list_topics(topic, 20).topics[topic].partitions) != 3:
        assert time.monotonic() < deadline
    for future in admin.create_topics([NewTopic(topic, 1, 1)]).values():
        try:
            future.result(30)
            raise AssertionError("it was created twice")
        except KafkaException as error:
            assert error.args[0].code() == KafkaError.TOPIC_ALREADY_EXISTS
    admin.delete_topics([topic])[topic].result(30)


def configs():
    """describes and alters configs"""
    topic = create(1, **{"retention.ms": "1000"})
    resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
    described = admin.describe_configs([resource])[resource].result(30)
    assert described["retention.ms"].value == "1000"
    changed = ConfigResource(ConfigResource.Type.TOPIC, topic, set_config={"retention.ms": "2000"})
    admin.alter_configs([changed])[changed].result(30)
    assert admin.describe_configs([resource])[resource].result(30)["retention.ms"].value == "2000"


def groups():
    """lists, describes and deletes groups"""
    if not hasattr(admin, "list_consumer_groups"):
        raise Skipped("this release of the binding has no call for it")
    topic, group = create(), unique("group")
    produce(topic, 1)
    member = consumer(group)
    member.subscribe([topic])
    read(member, 1)
    described = admin.describe_consumer_groups([group])[group].result(30)
    assert len(described.members) == 1
    member.close()
    assert group in [found.group_id for found in admin.list_consumer_groups().result(30).valid]
    admin.delete_consumer_groups([group])[group].result(30)


def acls():
    """creates, describes and deletes ACLs"""
    if not hasattr(api, "AclBinding"):
        raise Skipped("this release of the binding has no call for it")
    binding = api.AclBinding(
        api.ResourceType.TOPIC,
        unique("topic"),
        api.ResourcePatternType.LITERAL,
        "User:bob",
        "*",
        api.AclOperation.READ,
        api.AclPermissionType.ALLOW,
    )
    admin.create_acls([binding])[binding].result(30)
    wanted = api.AclBindingFilter(
        api.ResourceType.TOPIC, binding.name, api.ResourcePatternType.ANY, None, None, api.AclOperation.ANY, api.AclPermissionType.ANY
    )
    assert list(admin.describe_acls(wanted).result(30)) == [binding]
    assert list(admin.delete_acls([wanted])[wanted].result(30)) == [binding]


def too_large():
    """hears of a message that is too large"""
    errors = []
    producer = Producer({"bootstrap.servers": BOOTSTRAP, "message.max.bytes": 3_000_000})
    producer.produce(create(), b"x" * 2_000_000, on_delivery=lambda error, _: errors.append(error))
    producer.flush(30)
    assert errors[0].code() == KafkaError.MSG_SIZE_TOO_LARGE


def out_of_range():
    """starts over where its offset is out of range"""
    topic = create()
    produce(topic, 3)
    member = consumer()
    member.assign([TopicPartition(topic, 0, 1000)])
    assert read(member, 3)[0].offset() == 0
    member.close()


def unknown():
    """hears of a topic that does not exist"""
    member = consumer(**{"allow.auto.create.topics": False})
    member.subscribe([unique("nowhere")])
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        message = member.poll(0.5)
        if message is not None:
            assert message.error().code() == KafkaError.UNKNOWN_TOPIC_OR_PART
            member.close()
            return
    raise AssertionError("nothing was said")


run(
    [
        codecs,
        acks,
        commits,
        rebalances,
        static_member,
        patterns,
        watermarks,
        transactions,
        offsets_in_transactions,
        fencing,
        topics,
        configs,
        groups,
        acls,
        too_large,
        out_of_range,
        unknown,
    ]
)
