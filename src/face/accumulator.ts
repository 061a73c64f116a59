/** Accumulators: the loss of data that come in batches, which is that of the whole. */

import { checkCount, checkNumbers, checkOptions, checkRecord, checkReduction, checkSame } from "../checks";
import type { Accumulator, AccumulatorState, Numbers, Reduction } from "../types";
import type { Evaluate } from "./loss";
import { NO_OPTIONS, type OwnOptions } from "./options";
import { addExactly, type ExactSum, rounded } from "./sum";

type Options = Readonly<Record<string, unknown>>;
type AnyAccumulator = Accumulator<never, never>;

/** Options that come with a batch; a `shape` that all batches share may also be fixed. */
const ofBatch = new Set(["weights", "shape", "mask", "inputLengths", "targetLengths"]);
/** Options that an accumulator cannot fix. */
const ofCall = ["weights", "out", "upstream"];

/** The method `accumulator` of a loss of `arity` inputs. `known` are the names of all options that the loss takes. */
export function accumulatorOf(
  loss: string,
  own: OwnOptions,
  known: ReadonlySet<string>,
  evaluate: Evaluate,
  arity = 2,
  reductions = ["mean", "sum"],
) {
  /** A copy of the options, with their defaults and in one order. */
  function fix(given: Options): Options {
    const names = [...known].filter((name) => !ofCall.includes(name));
    checkOptions(given, new Set(names));
    const all: Options = {
      ...given,
      ...own.of(given),
      reduction: checkReduction(given.reduction as Reduction | undefined, reductions),
    };
    return copyOf(Object.fromEntries(names.map((name) => [name, all[name]])));
  }

  /** What an accumulator of this loss holds. */
  function stateOf(name: string, other: object): AccumulatorState {
    checkRecord(name, other, "an accumulator or its state");
    const state = copyOf(other) as unknown as AccumulatorState;
    checkSame(name, loss, state.loss);
    return state;
  }

  function accumulator(given: Options = NO_OPTIONS): AnyAccumulator {
    const options = fix(given);
    let count = 0;
    let sum: ExactSum = [];
    let weight: ExactSum = [];

    function add(terms: Numbers, weights: Numbers, more: number): AnyAccumulator {
      addExactly(sum, terms);
      addExactly(weight, weights);
      count += more;
      return self;
    }

    /** What an accumulator like this holds, as arguments of `add`. */
    function partsOf(name: string, other: object): Parameters<typeof add> {
      const { options: its, sum, weight, count } = stateOf(name, other) as AccumulatorState & { sum: Numbers; weight: Numbers };
      checkSame(name, loss + text(options), loss + text(fix(its)));
      checkNumbers(`${name}.sum`, sum);
      checkNumbers(`${name}.weight`, weight);
      return [sum, weight, checkCount(`${name}.count`, count, 0)];
    }

    const self: AnyAccumulator = {
      update(...given: unknown[]) {
        const { [arity]: batch = NO_OPTIONS } = given as Options[];
        checkOptions(batch, ofBatch);
        given.length = arity;
        const { value, divisor, count } = evaluate(...(given as [never, never]), { ...options, ...batch } as never, "each");
        return add(value as Float64Array, [divisor], count);
      },
      merge: (other) => add(...partsOf("other", other)),
      value: () => rounded(sum) / (options.reduction === "sum" ? 1 : rounded(weight)),
      get count() {
        return count;
      },
      get weight() {
        return rounded(weight);
      },
      reset() {
        count = 0;
        sum = [];
        weight = [];
        return self;
      },
      toJSON: () => JSON.parse(text({ loss, options, count, sum, weight })),
      fromJSON(state) {
        const parts = partsOf("state", state);
        self.reset();
        return add(...parts);
      },
    };
    return self;
  }

  return Object.assign(accumulator, {
    fromJSON: (state: AccumulatorState) => accumulator(stateOf("state", state).options).fromJSON(state),
  });
}

/** JSON, with arrays for typed arrays and strings for the numbers that it lacks. */
function text(value: object): string {
  return JSON.stringify(value, (_, x) =>
    ArrayBuffer.isView(x) ? Array.from(x as Float64Array) : typeof x === "number" && !Number.isFinite(x) ? String(x) : x,
  );
}

/** A copy of what JSON can hold, with numbers for those strings. */
function copyOf(value: object): Options {
  return JSON.parse(text(value), (_, x) => (["NaN", "Infinity", "-Infinity"].includes(x) ? Number(x) : x));
}
