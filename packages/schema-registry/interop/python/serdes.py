"""Serializes and deserializes with Confluent's Python client, as its documentation does.

Usage: serdes.py URL, with JSON lines on standard input:
  {"do": "avro-serialize", "topic": ..., "schema": ..., "value": ...}
  {"do": "avro-deserialize", "topic": ..., "base64": ...}
  and the same with json- and protobuf-. Answers one JSON line each.
"""
import base64
import json
import sys
from decimal import Decimal

from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

client = SchemaRegistryClient({"url": sys.argv[1]})


def context(request):
    return SerializationContext(request["topic"], MessageField.VALUE)


def message_class(request):
    file = descriptor_pb2.FileDescriptorProto()
    file.ParseFromString(base64.b64decode(request["file"]))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(request["message"]))


def decimals(value):
    """Decimals come as {"$decimal": "1.50"}, for JSON has none."""
    if isinstance(value, list):
        return [decimals(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$decimal" in value:
        return Decimal(value["$decimal"])
    return {name: decimals(item) for name, item in value.items()}


def answer(request):
    do = request["do"]
    if do == "avro-serialize":
        return AvroSerializer(client, request["schema"])(decimals(request["value"]), context(request))
    if do == "avro-deserialize":
        return AvroDeserializer(client)(base64.b64decode(request["base64"]), context(request))
    if do == "json-serialize":
        return JSONSerializer(request["schema"], client)(request["value"], context(request))
    if do == "json-deserialize":
        return JSONDeserializer(None, schema_registry_client=client)(base64.b64decode(request["base64"]), context(request))
    if do == "protobuf-serialize":
        kind = message_class(request)
        message = json_format.ParseDict(request["value"], kind())
        return ProtobufSerializer(kind, client, {"use.deprecated.format": False})(message, context(request))
    if do == "protobuf-deserialize":
        kind = message_class(request)
        message = ProtobufDeserializer(kind, {"use.deprecated.format": False}, client)(
            base64.b64decode(request["base64"]), context(request)
        )
        return json_format.MessageToDict(message)
    if do == "registry":
        # What the client can ask a registry, one after the other.
        subject = request["subject"]
        first = Schema('{"type":"record","name":"A","fields":[]}', "AVRO")
        schema_id = client.register_schema(subject, first)
        found = client.lookup_schema(subject, first)
        latest = client.get_latest_version(subject)
        config = client.set_compatibility(subject, level="NONE")
        return {
            "id": schema_id,
            "lookup": [found.schema_id, found.version],
            "latest": [latest.schema_id, latest.version, latest.schema.schema_str],
            "text": client.get_schema(schema_id).schema_str,
            "config": config.get("compatibility") if isinstance(config, dict) else config,
            "level": client.get_compatibility(subject),
            "fits": client.test_compatibility(subject, Schema('"string"', "AVRO")),
            "subjects": client.get_subjects(),
            "versions": client.get_versions(subject),
            "deletedVersion": client.delete_version(subject, 1),
            "deletedSubject": client.delete_subject(subject, permanent=True),
        }
    raise ValueError(do)


for line in sys.stdin:
    result = answer(json.loads(line))
    if isinstance(result, bytes):
        result = {"base64": base64.b64encode(result).decode()}
    print(json.dumps(result, default=lambda value: {"$decimal": str(value)}), flush=True)
