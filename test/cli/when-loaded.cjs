/* global process, require */
// For --require: says at the end of a process whether TypeScript's compiler was loaded into it.
process.on('exit', () => {
  const compiler = Object.keys(require.cache).find((file) => /[\\/]typescript(-compiler)?\.js$/.test(file));
  process.stderr.write(compiler ? 'with the compiler' : 'without the compiler');
});
