/** References of cases that are the same on every backend, computed once. */

/** A function that remembers its results by its arguments. */
export function once<Arguments extends readonly unknown[], Result>(compute: (...given: Arguments) => Result): typeof compute {
  const known = new Map<string, Result>();
  return (...given) => {
    const key = JSON.stringify(given);
    if (!known.has(key)) known.set(key, compute(...given));
    return known.get(key)!;
  };
}
