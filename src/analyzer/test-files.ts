/** Test files and one-off scripts: findings there are lowered to `hint` unless the configuration or --include-tests says otherwise. */
const testPath = /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|fixtures?|cypress|playwright)\/|[.-](?:test|spec|e2e|cy|bench)\.[cm]?[jt]sx?$|(?:^|\/)(?:test|spec)[-_.]?(?:helpers?|setup|utils?)\.[cm]?[jt]sx?$/i;
const scriptPath = /(?:^|\/)(?:scripts?|seeds?|seeders?|migrations?|bench(?:marks?)?)\//i;
const runnerImport = /(?:from|require\()\s*['"](?:node:test|vitest|jest|@jest\/globals|mocha|ava|tap|@playwright\/test|bun:test|supertest)['"]/;

/** @param relative the path below the root, with `/` */
export function isTestOrScript(relative: string, text: string): boolean {
  return testPath.test(relative) || scriptPath.test(relative) || runnerImport.test(text);
}

/** A test, which makes a keyspace of its own; a script works on that of the application. */
export function isTest(relative: string, text: string): boolean {
  return testPath.test(relative) || runnerImport.test(text);
}
