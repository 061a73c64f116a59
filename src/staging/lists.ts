/** Lists of labels, one for each sample, as the margin kernel reads them. */

import * as Call from "../../assembly/kernels/call";
import type { Labels } from "../types";
import type { Tile } from "./classCall";
import * as Slot from "./slots";

/**
 * Stages the lists of a tile's samples, each ended by -1, which are laid out as the logits: the labels entry by entry, how
 * many each sample has, and as the target 1 for each class that is listed.
 */
export function stageLists({ stage, call, offset, rows, length, across, acrossWhole }: Tile, lists: Labels): void {
  const { reals, integers, element } = stage;
  const { classes } = call.layout;
  const labels = stage.slot(Slot.hessian) / 4;
  const [target, counts] = [stage.index(Slot.target), stage.index(Slot.hits)];
  integers.fill(0, labels, labels + length);
  reals.fill(0, target, target + length);
  let most = 0;
  for (let row = 0; row < rows; row++) {
    const inBlock = row % across;
    const first = (row - inBlock) * classes;
    let count = 0;
    for (; count < classes; count++) {
      const label = lists[offset + first + count * acrossWhole + inBlock]!;
      if (label === -1) break;
      integers[labels + count * rows + row] = label;
      reals[target + first + label * across + inBlock] = 1;
    }
    reals[counts + row] = count;
    if (count > most) most = count;
  }
  stage.set(Call.LABELS, stage.slot(Slot.hessian));
  stage.set(Call.HITS, stage.slot(Slot.hits));
  stage.set(Call.HIT_STRIDE, element);
  stage.set(Call.ENTRIES, most);
  stage.set(Call.LIST_STRIDE, rows * 4);
}
