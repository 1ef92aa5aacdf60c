/** Kafka's name of the metadata log's topic; clients never see it. */
export const METADATA_TOPIC = '__cluster_metadata';
/** Its reserved id: the uuid with value 1. */
export const METADATA_TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
