/** What went over connections to other nodes since the start. Plain numbers: they are added to per request. */
export class PeerTraffic {
  requests = 0;
  responses = 0;
  bytesIn = 0;
  bytesOut = 0;
}
