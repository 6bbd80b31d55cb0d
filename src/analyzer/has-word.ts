/** Whether a text has a name as a whole word: `get` is not in `target`. Told without a regular expression, since names may hold `$`. */
export function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isPart(text.charCodeAt(at - 1)) && !isPart(text.charCodeAt(at + word.length))) return true;
  }
  return false;
}

/** Of an identifier; whatever is not ASCII counts as such no more than a space does, so that nothing is missed. NaN, before and behind the text, is none. */
function isPart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36;
}
