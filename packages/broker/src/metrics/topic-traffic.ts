/** What went through one topic since the broker has led it. Plain numbers: they are added to for each batch. */
export class TopicTraffic {
  messagesIn = 0;
  bytesIn = 0;
  bytesOut = 0;
  /** Of this node's followers. */
  replicatedBytesIn = 0;
  /** To followers on other nodes. */
  replicatedBytesOut = 0;
  /** Of batches that are larger than the topic allows. */
  bytesRejected = 0;
  /** Appends asked for, one for each partition of a request. */
  produceRequests = 0;
  failedProduceRequests = 0;
  /** Partitions read for consumers. */
  fetchRequests = 0;
  failedFetchRequests = 0;

  add(other: TopicTraffic): void {
    this.messagesIn += other.messagesIn;
    this.bytesIn += other.bytesIn;
    this.bytesOut += other.bytesOut;
    this.replicatedBytesIn += other.replicatedBytesIn;
    this.replicatedBytesOut += other.replicatedBytesOut;
    this.bytesRejected += other.bytesRejected;
    this.produceRequests += other.produceRequests;
    this.failedProduceRequests += other.failedProduceRequests;
    this.fetchRequests += other.fetchRequests;
    this.failedFetchRequests += other.failedFetchRequests;
  }
}

/** The traffic of all topics, and the sum that also holds what topics had that are gone. */
export class Traffic {
  readonly #byTopic = new Map<string, TopicTraffic>();
  readonly #gone = new TopicTraffic();

  get topics(): ReadonlyMap<string, TopicTraffic> {
    return this.#byTopic;
  }

  of(topic: string): TopicTraffic {
    let traffic = this.#byTopic.get(topic);
    if (traffic === undefined) this.#byTopic.set(topic, (traffic = new TopicTraffic()));
    return traffic;
  }

  forget(topic: string): void {
    const traffic = this.#byTopic.get(topic);
    if (traffic === undefined) return;
    this.#gone.add(traffic);
    this.#byTopic.delete(topic);
  }

  total(): TopicTraffic {
    const total = new TopicTraffic();
    total.add(this.#gone);
    for (const traffic of this.#byTopic.values()) total.add(traffic);
    return total;
  }
}
