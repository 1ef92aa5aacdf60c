// Asks a schema registry what franz-go's client can ask, and prints what came of it as one JSON object.
//
//	go run . http://127.0.0.1:8081
package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/twmb/franz-go/pkg/sr"
)

const (
	avroText = `{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"}]}`
	avroNext = `{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"},` +
		`{"name":"note","type":"string","default":""}]}`
	avroWrong = `{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"string"}]}`
	jsonText  = `{"title":"Order","type":"object","properties":{"id":{"type":"integer"}}}`
	protoText = "syntax = \"proto3\";\npackage shop;\n\nmessage First {}\n" +
		"message Second {\n  message Line {\n    string sku = 1;\n  }\n}\n"
)

type answer struct {
	Types       []string `json:"types"`
	Subjects    []string `json:"subjects"`
	Versions    []int    `json:"versions"`
	LookedUp    bool     `json:"lookedUp"`
	ByID        string   `json:"byId"`
	Fits        bool     `json:"fits"`
	Misfits     bool     `json:"misfits"`
	Refused     int      `json:"refused"`
	Missing     int      `json:"missing"`
	Level       string   `json:"level"`
	Mode        string   `json:"mode"`
	References  int      `json:"references"`
	Header      string   `json:"header"`
	NestedID    int      `json:"nestedId"`
	NestedIndex []int    `json:"nestedIndex"`
	Decoded     string   `json:"decoded"`
	Deleted     []int    `json:"deleted"`
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func code(err error) int {
	var refused *sr.ResponseError
	if errors.As(err, &refused) {
		return refused.ErrorCode
	}
	return 0
}

func main() {
	ctx := context.Background()
	client := must(sr.NewClient(sr.URLs(os.Args[1])))
	var out answer
	for _, known := range must(client.SupportedTypes(ctx)) {
		out.Types = append(out.Types, known.String())
	}

	first := must(client.CreateSchema(ctx, "go-avro-value", sr.Schema{Schema: avroText}))
	next := must(client.CreateSchema(ctx, "go-avro-value", sr.Schema{Schema: avroNext}))
	_, err := client.CreateSchema(ctx, "go-avro-value", sr.Schema{Schema: avroWrong})
	out.Refused = code(err)
	_, err = client.SchemaByID(ctx, 999999)
	out.Missing = code(err)
	out.Versions = must(client.SubjectVersions(ctx, "go-avro-value"))
	found := must(client.LookupSchema(ctx, "go-avro-value", sr.Schema{Schema: avroText}))
	out.LookedUp = found.ID == first.ID && found.Version == 1
	out.ByID = must(client.SchemaByID(ctx, next.ID)).Schema
	out.Fits = must(client.CheckCompatibility(ctx, "go-avro-value", -1, sr.Schema{Schema: avroText})).Is
	out.Misfits = !must(client.CheckCompatibility(ctx, "go-avro-value", -1, sr.Schema{Schema: avroWrong})).Is

	must(client.CreateSchema(ctx, "go-json-value", sr.Schema{Schema: jsonText, Type: sr.TypeJSON}))
	proto := must(client.CreateSchema(ctx, "go-proto-value", sr.Schema{Schema: protoText, Type: sr.TypeProtobuf}))
	must(client.CreateSchema(ctx, "go-reference-value", sr.Schema{
		Schema:     `{"type":"record","name":"Basket","fields":[{"name":"order","type":"shop.Order"}]}`,
		References: []sr.SchemaReference{{Name: "shop.Order", Subject: "go-avro-value", Version: 1}},
	}))
	out.References = len(must(client.SchemaReferences(ctx, "go-avro-value", 1)))
	out.Subjects = must(client.Subjects(ctx))
	for _, set := range client.SetCompatibility(ctx, sr.SetCompatibility{Level: sr.CompatFull}, "go-json-value") {
		out.Level = must(set, set.Err).Level.String()
	}
	for _, mode := range client.Mode(ctx) {
		out.Mode = must(mode, mode.Err).Mode.String()
	}

	var header sr.ConfluentHeader
	bytes := must(header.AppendEncode(nil, proto.ID, []int{1, 0}))
	out.Header = hex.EncodeToString(bytes)
	id, rest, err := header.DecodeID(bytes)
	out.NestedID = must(id, err)
	index, _, err := header.DecodeIndex(rest, 2)
	out.NestedIndex = must(index, err)

	var serde sr.Serde
	type order struct{ ID int64 }
	serde.Register(first.ID, order{}, sr.GenerateFn(func() any { return new(order) }),
		sr.EncodeFn(func(value any) ([]byte, error) { return []byte{byte(value.(order).ID << 1)}, nil }),
		sr.DecodeFn(func(data []byte, into any) error { into.(*order).ID = int64(data[0] >> 1); return nil }))
	if len(os.Args) > 2 {
		decoded := must(serde.DecodeNew(must(hex.DecodeString(os.Args[2]))))
		out.Decoded = fmt.Sprint(decoded.(*order).ID)
	}

	must(client.DeleteSubject(ctx, "go-json-value", sr.SoftDelete))
	out.Deleted = must(client.DeleteSubject(ctx, "go-json-value", sr.HardDelete))
	must(os.Stdout.Write(append(must(json.Marshal(out)), '\n')))
}
