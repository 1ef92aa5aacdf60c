/** What went through the connections of one listener since the start. Plain numbers: they are added to per request. */
export class ListenerTraffic {
  connectionsOpened = 0;
  connectionsClosed = 0;
  bytesIn = 0;
  bytesOut = 0;
  requests = 0;
  responses = 0;
  successfulAuthentications = 0;
  failedAuthentications = 0;
}
