/** Other libraries: their contenders, and their installation in a folder of their own. */

export const peerContenders = [];
export function installPeers() {
  return [];
}
