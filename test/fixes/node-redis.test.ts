import { runFixes } from './lib/run-fixes.ts';

runFixes((client) => client.startsWith('redis@'));
