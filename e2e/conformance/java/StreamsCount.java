import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Counts words in the streams protocol (KIP-1071): through a repartition topic, with a state store and its changelog.
 * Run as "java StreamsCount.java ADDRESS APPLICATION STATE-DIRECTORY"; prints the states it goes through.
 */
public class StreamsCount {
  public static void main(String[] parameters) throws InterruptedException {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", parameters[0]);
    properties.put("application.id", parameters[1]);
    properties.put("state.dir", parameters[2]);
    properties.put("group.protocol", "streams");
    properties.put("commit.interval.ms", 200);
    properties.put("statestore.cache.max.bytes", 0);
    properties.put("auto.offset.reset", "earliest");
    Serde<String> text = Serdes.String();
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("words", Consumed.with(text, text))
        .groupBy((key, word) -> word, Grouped.with(text, text))
        .count(Materialized.<String, Long>as(Stores.inMemoryKeyValueStore("counts"))
            .withKeySerde(text).withValueSerde(Serdes.Long()))
        .toStream()
        .map((word, count) -> org.apache.kafka.streams.KeyValue.pair(word, word + " " + count))
        .to("counted", Produced.with(text, text));
    KafkaStreams streams = new KafkaStreams(builder.build(), properties);
    streams.setStateListener((now, before) -> System.out.println("STATE " + now));
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
    Thread.currentThread().join();
  }
}
