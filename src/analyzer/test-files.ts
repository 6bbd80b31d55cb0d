/** Test files and one-off scripts: findings there are lowered to `hint` unless the configuration or --include-tests says otherwise. */
const testFolder = /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|fixtures?|cypress|playwright)\//i;
/** `a.test.ts`, `a-spec.js`; `test.js` at the top of a package; `test-helper.js`, `redis.test-utils.ts`, `testSetup.ts`. */
const testName = /[.-](?:test|spec|e2e|cy|bench)\.[cm]?[jt]sx?$|^(?:(?:packages|apps|libs)\/[^/]+\/)?tests?\.[cm]?[jt]sx?$|(?:^|[/.-])(?:tests?|spec)[-_.]?(?:helpers?|utils?|utilities|setup|support|fixtures?)\.[cm]?[jt]sx?$/i;
const scriptPath = /(?:^|\/)(?:scripts?|seeds?|seeders?|migrations?|bench(?:marks?)?)\//i;
const runnerImport = /(?:from|require\()\s*['"](?:node:test|vitest|jest|@jest\/globals|mocha|ava|tap|@playwright\/test|bun:test|supertest)['"]/;
/** What mocha, jest and jasmine call without an import: `describe('…'`, `beforeEach(async () =>`. */
const runnerGlobal = /^[ \t]*(?:(describe|it)(?:\.(?:only|skip))?\([ \t]*['"`]|(before|after|beforeEach|afterEach|beforeAll|afterAll)\([ \t]*(?:async\b|function\b|\())/gm;

/** @param relative the path below the root, with `/` */
export function isTestOrScript(relative: string, text: string): boolean {
  return isTest(relative, text) || scriptPath.test(relative);
}

/** A test, which makes a keyspace of its own; a script works on that of the application. */
export function isTest(relative: string, text: string): boolean {
  return testFolder.test(relative) || testName.test(relative) || runnerImport.test(text) || callsRunner(text);
}

function callsRunner(text: string): boolean {
  const names = new Set([...text.matchAll(runnerGlobal)].map(([, one, other]) => one ?? other ?? ''));
  // Next.js has an `after`, too.
  return [...names].some((name) => !new RegExp(`\\b(?:function|const|let|var)[ \\t]+${name}\\b|[{,][ \\t\\r\\n]*${name}[ \\t\\r\\n]*[,}]`).test(text));
}
