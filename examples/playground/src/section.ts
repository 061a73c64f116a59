/** What a section of the page is to the page. */

import type { Query } from "./address";

export interface Section {
  /** Shows the state that an address asks for. */
  show(query: Query): void;
  /** The state to put into the address. */
  query(): Query;
}
