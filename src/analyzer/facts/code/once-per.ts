/**
 * What is asked of the checker about a call or an expression, asked once for as long as that is kept: a region's facts are kept only where
 * nothing that an edit changed can be read from there. The answer must hold no checker.
 */
export function oncePer<K extends object, C, T>(answer: (of: K, context: C) => T): (of: K, context: C) => T {
  const known = new WeakMap<K, { value: T }>();
  return (of, context) => {
    let one = known.get(of);
    if (!one) known.set(of, (one = { value: answer(of, context) }));
    return one.value;
  };
}
