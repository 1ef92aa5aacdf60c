import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Prints the property names of Kafka's clients, one a line. */
class ConfigNames {
  public static void main(String[] arguments) {
    var names = new TreeSet<String>(ProducerConfig.configNames());
    names.addAll(ConsumerConfig.configNames());
    names.addAll(AdminClientConfig.configNames());
    names.forEach(System.out::println);
  }
}
