import { runFixes } from './lib/run-fixes.ts';

// BullMQ's too, which stands on it.
runFixes((client) => !client.startsWith('redis@'));
