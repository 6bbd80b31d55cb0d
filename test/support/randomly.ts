/** Numbers that look like chance, the same on every run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function randomly(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
