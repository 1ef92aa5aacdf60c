/** The one topic of the quorum, with one partition. */
export const METADATA_TOPIC = '__cluster_metadata';
/** The uuid with the value 1, as in Kafka. */
export const METADATA_TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
