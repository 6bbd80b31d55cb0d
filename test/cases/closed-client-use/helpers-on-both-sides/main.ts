import { closeClient, touch, touchAgain, touchIfOpen } from './client';

async function tearDown() {
  await closeClient();
}

async function sayGoodbye(worker: string) {
  await touch(worker);
}

export async function stop(worker: string) {
  await tearDown();
  await sayGoodbye(worker); // expect: closed-client-use
}

export async function stopInOrder(worker: string) {
  await sayGoodbye(worker); // quiet: closed-client-use -- before it is closed
  await tearDown();
}

export async function stopCarefully(worker: string) {
  await tearDown();
  await touchIfOpen(worker); // quiet: closed-client-use -- asks first
}

export async function restart(worker: string) {
  await tearDown();
  await touchAgain(worker); // quiet: closed-client-use -- connects again
  await touch(worker); // quiet: closed-client-use -- the helper before has connected
}
